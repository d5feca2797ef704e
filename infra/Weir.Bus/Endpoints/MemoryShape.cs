using System.Reflection;
using MassTransit;

namespace Weir.Bus.Endpoints;

/// <summary>What an endpoint's policy means where there is no broker: what it hears comes from the exchange of each message's own type.</summary>
internal static class MemoryShape
{
    private static readonly MethodInfo HearOne = typeof(MemoryShape).GetMethod(nameof(Hear), BindingFlags.NonPublic | BindingFlags.Static)!;

    internal static void Apply(IInMemoryReceiveEndpointConfigurator endpoint, EndpointPolicy policy)
    {
        foreach (var fact in policy.Heard) HearOne.MakeGenericMethod(fact).Invoke(null, [endpoint]);
    }

    private static void Hear<T>(IInMemoryReceiveEndpointConfigurator endpoint)
        where T : class => endpoint.Bind<T>();
}
