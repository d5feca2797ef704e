using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Weir.Worker;
using Weir.Worker.Ticker;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddTicker(options => builder.Configuration.GetSection(TickerOptions.Section).Bind(options));
builder.Services.AddWeirWorker(options => builder.Configuration.GetSection(WeirWorkerOptions.Section).Bind(options))
    .UseRabbitMq(builder.Configuration["Weir:Bus:Address"] ?? "amqp://guest:guest@localhost/")
    .HandleStreams<TickerHandler>(TickerHandler.Kind);
await builder.Build().RunAsync();
