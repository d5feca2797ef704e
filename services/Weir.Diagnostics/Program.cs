using Microsoft.AspNetCore.Builder;
using Weir.Diagnostics;
using Weir.Persistence;
using Weir.ServiceDefaults;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddWeirServiceDefaults();
builder.WebHost.ListenOnLoopback();
builder.Services.AddWeirStore(builder.Configuration, DiagnosticsRegistration.Name);
builder.Services.AddWeirDiagnostics(StoreRegistration.KindOf(builder.Configuration));
var app = builder.Build();
app.MapWeirApi();
return await app.RunWeirAsync();
