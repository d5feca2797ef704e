using System.Reflection;
using MassTransit;
using RabbitMQ.Client;

namespace Weir.Bus.Facts;

/// <summary>Puts every fact and wake-up on the one topic exchange, and faults on theirs.</summary>
internal static class FactRouting
{
    private static readonly MethodInfo RouteOne = typeof(FactRouting).GetMethod(nameof(Route), BindingFlags.NonPublic | BindingFlags.Static)!;

    internal static void Apply(IRabbitMqBusFactoryConfigurator bus)
    {
        bus.MessageTopology.SetEntityNameFormatter(new EntityNames(bus.MessageTopology.EntityNameFormatter));
        bus.Publish<Fault>(publish => publish.Exclude = true);
        foreach (var fact in FactTypes.All)
            RouteOne.MakeGenericMethod(fact).Invoke(null, [bus]);
    }

    private static void Route<T>(IRabbitMqBusFactoryConfigurator bus)
        where T : class
    {
        var pool = typeof(T).GetProperty("Pool")?.GetMethod?.CreateDelegate<Func<T, string?>>();
        var name = typeof(T).Name;
        bus.Publish<T>(publish => publish.ExchangeType = ExchangeType.Topic);
        bus.Send<T>(send => send.UseRoutingKeyFormatter(context => $"{name}.{pool?.Invoke(context.Message)}"));
    }
}
