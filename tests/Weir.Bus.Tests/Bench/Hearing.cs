using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Weir.Bus.Endpoints;

namespace Weir.Bus.Tests.Bench;

internal static class Hearing
{
    /// <summary>A service with one consumer.</summary>
    internal static Action<IServiceCollection> Service<T>(string service, EndpointPolicy policy, Heard<T> heard)
        where T : class => services => services.AddWeirBus(service, bus => bus.AddHearing(services, policy, heard));

    internal static void AddHearing<T>(this IBusRegistrationConfigurator bus, IServiceCollection services, EndpointPolicy policy, Heard<T> heard)
        where T : class
    {
        services.AddSingleton(heard);
        services.AddSingleton(new HearingPolicy<T>(policy));
        bus.AddConsumer<HearingConsumer<T>, HearingDefinition<T>>();
    }
}
