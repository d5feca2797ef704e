using Microsoft.Extensions.Hosting;
using Weir.Orchestrator;
using Weir.Persistence;
using Weir.ServiceDefaults;
using Weir.ServiceDefaults.Options;

var builder = Host.CreateApplicationBuilder(args);
builder.AddWeirServiceDefaults();
builder.Services.AddWeirStore(builder.Configuration, OrchestratorModule.Name);
builder.Services.AddWeirOptions<OrchestratorOptions>("Weir:Orchestrator");
builder.Services.AddWeirOrchestrator(StoreRegistration.KindOf(builder.Configuration));
return await builder.Build().RunWeirAsync();
