using MassTransit;

namespace Weir.Bus.Endpoints;

/// <summary>Refuses an endpoint that declares no policy: it would retry, prefetch and park by defaults that nobody chose.</summary>
internal sealed class DeclaredEndpointsOnly(EndpointSetup setup, string ownQueue) : IEndpointConfigurationObserver
{
    public void EndpointConfigured<T>(T configurator)
        where T : IReceiveEndpointConfigurator
    {
        var name = Uri.UnescapeDataString(configurator.InputAddress.AbsolutePath.Split('/')[^1]);
        if (name != ownQueue && !setup.IsDeclared(configurator))
        {
            throw new ConfigurationException(
                $"The endpoint '{name}' declares no policy: give its consumers a definition derived from {nameof(WeirConsumerDefinition<>)} or {nameof(WeirSagaDefinition<>)}");
        }
    }
}
