using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Weir.Worker;
using Weir.Worker.Radio;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddRadio(options => builder.Configuration.GetSection(RadioOptions.Section).Bind(options));
builder.Services.AddWeirWorker(options => builder.Configuration.GetSection(WeirWorkerOptions.Section).Bind(options))
    .UseRabbitMq(builder.Configuration["Weir:Bus:Address"] ?? "amqp://guest:guest@localhost/")
    .HandleStreams<RadioHandler>(RadioHandler.Kind);
await builder.Build().RunAsync();
