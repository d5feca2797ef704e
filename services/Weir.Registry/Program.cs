using Microsoft.Extensions.Hosting;
using Weir.Persistence;
using Weir.Registry;
using Weir.ServiceDefaults;

var builder = Host.CreateApplicationBuilder(args);
builder.AddWeirServiceDefaults();
builder.Services.AddWeirStore(builder.Configuration, "registry");
builder.Services.AddWeirRegistry(StoreRegistration.KindOf(builder.Configuration));
return await builder.Build().RunWeirAsync();
