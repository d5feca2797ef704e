using MassTransit;
using MassTransit.Configuration;

namespace Weir.Bus.Endpoints;

/// <summary>Refuses an endpoint that declares no policy: it would retry, prefetch and park by defaults that nobody chose.</summary>
internal sealed class DeclaredEndpointsOnly(EndpointSetup setup) : IEndpointConfigurationObserver
{
    public void EndpointConfigured<T>(T configurator)
        where T : IReceiveEndpointConfigurator
    {
        // A bus's own endpoint takes answers to requests alone.
        if (configurator is not IReceiveEndpointConfiguration { IsBusEndpoint: true } && !setup.IsDeclared(configurator))
        {
            var name = Uri.UnescapeDataString(configurator.InputAddress.AbsolutePath.Split('/')[^1]);
            throw new ConfigurationException(
                $"The endpoint '{name}' declares no policy: give its consumers a definition derived from {nameof(WeirConsumerDefinition<>)} or {nameof(WeirSagaDefinition<>)}");
        }
    }
}
