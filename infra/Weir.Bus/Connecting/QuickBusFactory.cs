using MassTransit;
using MassTransit.Configuration;
using MassTransit.RabbitMqTransport.Configuration;
using MassTransit.Transports;

namespace Weir.Bus.Connecting;

/// <summary>Makes a RabbitMQ bus round our host configuration; all its settings come from <paramref name="configure"/>.</summary>
internal sealed class QuickBusFactory(QuickBus bus, Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator> configure)
    : TransportRegistrationBusFactory<IRabbitMqReceiveEndpointConfigurator>(bus.HostConfiguration)
{
    public override IBusInstance CreateBus(IBusRegistrationContext context, IEnumerable<IBusInstanceSpecification> specifications, string busName) =>
        CreateBus(new RabbitMqBusFactoryConfigurator(bus), context, configure, specifications);
}
