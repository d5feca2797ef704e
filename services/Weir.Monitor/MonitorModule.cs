using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Weir.Bus;
using Weir.Monitor.Facts;
using Weir.Monitor.Faults;

namespace Weir.Monitor;

/// <summary>Monitor as a part of a program.</summary>
public static class MonitorModule
{
    /// <summary>Its name on the bus.</summary>
    public const string Name = "monitor";

    /// <summary>Adds Monitor: it hears all facts and all faults, and needs no database.</summary>
    /// <param name="services">Where to.</param>
    public static IServiceCollection AddWeirMonitor(this IServiceCollection services)
    {
        services.AddSingleton<MonitorMetrics>();
        return services.AddWeirBus(Name, bus =>
        {
            foreach (var fact in FactEndpoint.Facts)
                bus.AddConsumer(typeof(FactConsumer<>).MakeGenericType(fact), typeof(FactDefinition<>).MakeGenericType(fact));
            bus.AddConsumer<FaultConsumer, FaultDefinition>();
        });
    }
}
