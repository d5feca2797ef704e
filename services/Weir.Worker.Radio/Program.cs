using Microsoft.Extensions.Hosting;
using Weir.Worker;
using Weir.Worker.Radio;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddRadio(builder.Configuration);
builder.Services.AddWeirWorker(builder.Configuration)
    .UseRabbitMq(builder.Configuration["Weir:Bus:Address"] ?? "amqp://guest:guest@localhost/")
    .HandleStreams<RadioHandler>(RadioHandler.Kind);
await builder.Build().RunAsync();
