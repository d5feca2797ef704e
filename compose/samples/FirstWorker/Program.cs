using Microsoft.Extensions.Hosting;
using Weir.Worker;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddWeirWorker(o => { o.WorkerId = "first-1"; o.Capacity = 50; })
    .UseRabbitMq(builder.Configuration["Weir:Bus:Address"] ?? "amqp://guest:guest@localhost/")
    .HandleStreams<FirstHandler>("first");
await builder.Build().RunAsync();

internal sealed class FirstHandler(TimeProvider clock) : IStreamHandler
{
    public async Task RunAsync(StreamLease lease, CancellationToken stop)
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        while (await second.WaitForNextTickAsync(stop) && lease.IsValid)
            await Console.Out.WriteLineAsync($"{lease.Stream.Id} lives under epoch {lease.Epoch}");
    }
}
