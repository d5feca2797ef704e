using MassTransit;
using Weir.Bus.Names;

namespace Weir.Bus.Connecting;

/// <summary>Puts the process's name on each of its consumers, and where so asked a worker's own exchange on the broker.</summary>
internal sealed class ProcessMarks(BusIdentity identity, bool bindOwnExchange) : IEndpointConfigurationObserver
{
    public void EndpointConfigured<T>(T configurator)
        where T : IReceiveEndpointConfigurator
    {
        if (configurator is not IRabbitMqReceiveEndpointConfigurator endpoint)
            return;
        endpoint.OverrideConsumerTag(identity.ConnectionName);
        if (bindOwnExchange && identity.Worker is { } worker)
            endpoint.ConfigureChannel(pipe => pipe.UseFilter(new OwnExchangeFilter(worker)));
    }
}
