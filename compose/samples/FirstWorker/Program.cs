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
        for (var beats = 1; lease.IsValid && !stop.IsCancellationRequested; beats++)
        {
            await Console.Out.WriteLineAsync($"{lease.Stream.Id} lives under epoch {lease.Epoch}");
            lease.Report(load: 1, position: $"{beats}");
            await Task.Delay(TimeSpan.FromSeconds(1), clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
