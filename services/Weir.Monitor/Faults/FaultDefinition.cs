using MassTransit;
using Weir.Bus.Endpoints;
using Weir.Bus.Names;

namespace Weir.Monitor.Faults;

/// <summary>The queue of all faults. A fault about a fault would circle: what fails here is dropped.</summary>
internal sealed class FaultDefinition() : WeirConsumerDefinition<FaultConsumer>(
    EndpointPolicy.Of(MonitorModule.Name, "faults", RetryLadder.Standard) with { DropFailed = true })
{
    protected override void ConfigureInside(IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        if (endpoint is IRabbitMqReceiveEndpointConfigurator onBroker)
        {
            onBroker.Bind(BrokerNames.Faults);
        }
        else if (endpoint is IInMemoryReceiveEndpointConfigurator inMemory)
        {
            inMemory.Bind<Fault>();
        }
    }
}
