using MassTransit;
using MassTransit.Configuration;
using MassTransit.Observables;
using MassTransit.RabbitMqTransport.Configuration;
using Weir.Bus.Sending;

namespace Weir.Bus.Connecting;

/// <summary>The transport's bus configuration, round our host.</summary>
internal sealed class QuickBus : RabbitMqEndpointConfiguration, IRabbitMqBusConfiguration
{
    private readonly BusObservable _observers = new();

    internal QuickBus(IRabbitMqTopologyConfiguration topology, TimeSpan pause, SendRules rules)
        : base(topology)
    {
        HostConfiguration = new QuickHost(this, topology, pause, rules);
        BusEndpointConfiguration = CreateEndpointConfiguration(true);
    }

    public IRabbitMqHostConfiguration HostConfiguration { get; }

    public IRabbitMqEndpointConfiguration BusEndpointConfiguration { get; }

    public IBusObserver BusObservers => _observers;

    IHostConfiguration IBusConfiguration.HostConfiguration => HostConfiguration;

    IEndpointConfiguration IBusConfiguration.BusEndpointConfiguration => BusEndpointConfiguration;

    public ConnectHandle ConnectBusObserver(IBusObserver observer) => _observers.Connect(observer);

    public ConnectHandle ConnectEndpointConfigurationObserver(IEndpointConfigurationObserver observer) =>
        HostConfiguration.ConnectEndpointConfigurationObserver(observer);
}
