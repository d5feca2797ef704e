using System.Globalization;
using System.Net;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Cli.Storing;
using Weir.Diagnostics;
using Weir.Monitor;
using Weir.Orchestrator;
using Weir.Persistence;
using Weir.Registry;
using Weir.ServiceDefaults;
using Weir.ServiceDefaults.Options;

namespace Weir.Cli.Dev.Hosting;

/// <summary>All services in one host: one bus, one database, one HTTP address on loopback.</summary>
internal static class ServicesHost
{
    private static readonly TimeSpan BusStartMax = TimeSpan.FromSeconds(15);

    internal static WebApplication Build(DevSettings settings, StoreAddress store, DataFolder data, LogFile log)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "weir", ContentRootPath = data.Path });
        builder.Configuration.AddInMemoryCollection(Configuration(settings.Real?.Bus, store));
        builder.Configuration.AddInMemoryCollection([new("Weir:Diagnostics:KeyFile", data.Key)]);
        builder.AddWeirServiceDefaults();
        builder.Logging.ClearProviders().AddProvider(log).AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.Hosting", LogLevel.Warning);
        builder.Services.AddSingleton<IHostLifetime, OwnLifetime>();
        builder.Services.AddOptions<MassTransitHostOptions>().Configure(bus => (bus.WaitUntilStarted, bus.StartTimeout) = (true, BusStartMax));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, settings.Port, listen => listen.Protocols = HttpProtocols.Http1));
        AddServices(builder);
        var app = builder.Build();
        Map(app);
        return app;
    }

    /// <summary>The broker and the database as the services' own sections name them.</summary>
    internal static Dictionary<string, string?> Configuration(Uri? bus, StoreAddress store)
    {
        var set = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Weir:Store:Kind"] = store.Kind.ToString(),
            ["Weir:Store:ConnectionString"] = store.Text,
            ["Weir:Bus:Transport"] = bus is null ? "InMemory" : "RabbitMq",
        };
        if (bus is null)
            return set;
        var (tls, account) = (bus.Scheme == "amqps", bus.UserInfo.Split(':', 2));
        set["Weir:Bus:Hosts:0"] = bus.Host;
        set["Weir:Bus:Port"] = (bus.Port > 0 ? bus.Port : tls ? 5671 : 5672).ToString(CultureInfo.InvariantCulture);
        set["Weir:Bus:UseTls"] = tls ? "true" : "false";
        set["Weir:Bus:VirtualHost"] = bus.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(bus.AbsolutePath[1..]) : "/";
        if (account[0].Length > 0)
            set["Weir:Bus:User"] = Uri.UnescapeDataString(account[0]);
        if (account.Length > 1)
            set["Weir:Bus:Password"] = Uri.UnescapeDataString(account[1]);
        return set;
    }

    private static void AddServices(WebApplicationBuilder builder)
    {
        builder.Services.AddWeirStore(builder.Configuration, "dev");
        builder.Services.AddWeirOptions<OrchestratorOptions>("Weir:Orchestrator");
        var kind = StoreRegistration.KindOf(builder.Configuration);
        builder.Services.AddWeirRegistry(kind);
        builder.Services.AddWeirOrchestrator(kind);
        builder.Services.AddWeirMonitor();
        builder.Services.AddWeirDiagnostics(kind);
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/", () => Results.Text("weir dev runs here. Its picture is in the terminal that started it; ask for /api/v1/status, /api/v1/streams or /openapi/v1.json.\n"))
            .ExcludeFromDescription();
        app.MapWeirApi();
    }
}
