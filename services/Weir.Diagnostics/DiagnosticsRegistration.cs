using MassTransit;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Weir.Bus;
using Weir.Bus.Store;
using Weir.Diagnostics.Access;
using Weir.Diagnostics.Changes;
using Weir.Diagnostics.Checking;
using Weir.Diagnostics.Events;
using Weir.Diagnostics.Explaining;
using Weir.Diagnostics.Owners;
using Weir.Diagnostics.Planning;
using Weir.Diagnostics.Routes;
using Weir.Persistence.Resilience;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;
using Weir.ServiceDefaults.Options;

namespace Weir.Diagnostics;

/// <summary>Adds the service to a process.</summary>
public static class DiagnosticsRegistration
{
    /// <summary>Its name on the bus.</summary>
    public const string Name = "diagnostics";

    private const int ConnectionsMax = 512;
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Adds Diagnostics: readers, the operator's key, consumers on the process's bus, and a gate before everything that the program
    /// serves over HTTP, which then listens on loopback alone. The program adds the database and the bus's options itself, once for all
    /// services that share the process, and maps the routes by <see cref="DiagnosticsRoutes.MapWeirApi"/>.
    /// </summary>
    /// <param name="services">The process's services.</param>
    /// <param name="kind">Which database the program added; readers ask the context itself.</param>
    public static IServiceCollection AddWeirDiagnostics(this IServiceCollection services, DatabaseKind kind)
    {
        if (!Enum.IsDefined(kind)) throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such database");
        services.AddWeirOptions<DiagnosticsOptions>("Weir:Diagnostics");
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new StoreSeam(StoreProbe.IsAway, provider.GetRequiredService<StoreProbe>().LookAsync));
        AddDesks(services);
        AddHttp(services);
        services.AddReceiveEndpointObserver<GapObserver>();
        return services.AddWeirBus(Name, bus =>
        {
            foreach (var fact in BusEndpoints.Facts) bus.AddConsumer(typeof(EventConsumer<>).MakeGenericType(fact), typeof(EventDefinition<>).MakeGenericType(fact));
            bus.AddConsumer<OwnersConsumer, OwnersDefinition>();
            bus.AddConsumer<AnswerConsumer, AnswerDefinition>();
        });
    }

    /// <summary>Listens on 127.0.0.1 at <see cref="DiagnosticsOptions.Port"/>, unless the configuration names addresses itself.</summary>
    /// <param name="web">The program's web host.</param>
    public static IWebHostBuilder ListenOnLoopback(this IWebHostBuilder web)
    {
        ArgumentNullException.ThrowIfNull(web);
        return string.IsNullOrEmpty(web.GetSetting(WebHostDefaults.ServerUrlsKey))
            ? web.ConfigureKestrel((context, kestrel) =>
            {
                if (!context.Configuration.GetSection("Kestrel:Endpoints").Exists())
                    kestrel.ListenLocalhostAt(kestrel.ApplicationServices.GetRequiredService<IOptions<DiagnosticsOptions>>().Value.Port);
            })
            : web;
    }

    private static void ListenLocalhostAt(this KestrelServerOptions kestrel, int port) => kestrel.Listen(System.Net.IPAddress.Loopback, port);

    private static void AddDesks(IServiceCollection services)
    {
        services.TryAddScoped<DatabaseClock>();
        services.TryAddScoped<PlanningReader>();
        services.AddSingleton(DiagnosticsProcess.New());
        services.AddSingleton<EventLog>();
        services.AddSingleton<CatalogueAnswers>();
        services.AddSingleton<RequestSender>();
        services.AddSingleton<CatalogueDesk>();
        services.AddSingleton<PoolDesk>();
        services.AddSingleton<ReadDesk>();
        services.AddSingleton<HealthDesk>();
        services.AddSingleton<ExplainDesk>();
        services.AddSingleton<OwnersCleanup>().AddHostedService(provider => provider.GetRequiredService<OwnersCleanup>());
    }

    private static void AddHttp(IServiceCollection services)
    {
        services.AddSingleton<OperatorKey>().AddHostedService(provider => provider.GetRequiredService<OperatorKey>());
        services.AddSingleton<OperatorFilter>();
        services.AddSingleton<IStartupFilter, GateFirst>();
        services.AddSingleton<IConnectionListenerFactory, LoopbackTransport>();
        services.AddHealthChecks();
        services.AddOpenApi("v1", Description.Configure);
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Body.BytesMax;
            kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
            kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
        });
    }
}
