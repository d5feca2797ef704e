using Microsoft.Extensions.Hosting;
using Weir.Worker;
using Weir.Worker.Ticker;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddTicker(builder.Configuration);
builder.Services.AddWeirWorker(builder.Configuration)
    .UseRabbitMq(builder.Configuration["Weir:Bus:Address"] ?? "amqp://guest:guest@localhost/")
    .HandleStreams<TickerHandler>(TickerHandler.Kind);
await builder.Build().RunAsync();
