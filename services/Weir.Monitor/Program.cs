using Microsoft.Extensions.Hosting;
using Weir.Monitor;
using Weir.ServiceDefaults;

var builder = Host.CreateApplicationBuilder(args);
builder.AddWeirServiceDefaults();
builder.Services.AddWeirMonitor();
return await builder.Build().RunWeirAsync();
