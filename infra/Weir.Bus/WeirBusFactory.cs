using System.Security.Authentication;
using MassTransit;
using MassTransit.Configuration;
using MassTransit.InMemoryTransport.Configuration;
using MassTransit.RabbitMqTransport.Configuration;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Bus.Connecting;
using Weir.Bus.Endpoints;
using Weir.Bus.Facts;
using Weir.Bus.Health;
using Weir.Bus.Names;
using Weir.Bus.Sending;

namespace Weir.Bus;

/// <summary>Makes the bus that the options ask for, when the process starts and the options are known.</summary>
internal sealed class WeirBusFactory(BusIdentity identity) : IRegistrationBusFactory
{
    public IBusInstance CreateBus(IBusRegistrationContext context, IEnumerable<IBusInstanceSpecification> specifications, string busName)
    {
        var options = context.GetRequiredService<IOptions<WeirBusOptions>>().Value;
        IRegistrationBusFactory factory = options.Transport == BusTransport.InMemory
            ? new InMemoryRegistrationBusFactory(new Uri("loopback://localhost/"), (registered, bus) => Configure(registered, bus))
            : OnBroker(context, options, busName);
        return factory.CreateBus(context, specifications, busName);
    }

    private QuickBusFactory OnBroker(IBusRegistrationContext context, WeirBusOptions options, string busName)
    {
        var clock = context.GetRequiredService<TimeProvider>();
        var probe = new AmqpProbe(options.Hosts, options.Port, options.UseTls, clock);
        var gate = new BrokerGate(probe, options.ReconnectPause, context.GetRequiredService<BusStopping>(), clock, context.GetRequiredService<ILogger<BrokerGate>>());
        var connects = context.GetRequiredService<ILogger<BrokerTrust>>();
        var trust = new BrokerTrust(options, words => ConnectLog.Untrusted(connects, words));
        context.GetRequiredService<BusConnections>().Add(busName, new BrokerLink(gate, probe, trust));
        var rules = new SendRules(options.SendTimeout, identity.Worker, clock, context.GetRequiredService<ILogger<SendRules>>());
        var topology = new RabbitMqTopologyConfiguration(RabbitMqBusFactory.CreateMessageTopology());
        return new QuickBusFactory(
            new QuickBus(topology, options.ReconnectPause, rules),
            (registered, bus) => ConfigureOnBroker(registered, bus, options, gate, trust));
    }

    private void ConfigureOnBroker(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator bus, WeirBusOptions options, BrokerGate gate, BrokerTrust trust)
    {
        bus.Host(options.Hosts[0], (ushort)options.Port, options.VirtualHost, identity.ConnectionName, host => Connect(host, options, gate, trust));
        bus.OverrideDefaultBusEndpointQueueName(identity.OwnQueue);
        bus.SendTopology.ConfigureErrorSettings = QueueShape.ShapeErrorQueue;
        FactRouting.Apply(bus);
        bus.ConnectEndpointConfigurationObserver(new ProcessMarks(identity, options.BindOwnExchange));
        Configure(context, bus);
    }

    private static void Connect(IRabbitMqHostConfigurator host, WeirBusOptions options, BrokerGate gate, BrokerTrust trust)
    {
        host.Username(options.User);
        host.Password(options.Password);
        host.Heartbeat(options.Heartbeat);
        host.RequestedConnectionTimeout(options.ConnectTimeout);
        host.ContinuationTimeout(options.SendTimeout);
        host.PublisherConfirmation = true;
        host.OnRefreshConnectionFactory = connection =>
        {
            connection.ClientProperties[WeirVersion.Property] = WeirVersion.Text;
            return gate.WaitAsync();
        };
        if (options.Hosts.Length > 1)
            host.UseCluster(cluster => Array.ForEach(options.Hosts, node => cluster.Node(node)));
        if (options.UseTls)
        {
            host.UseSsl(tls =>
            {
                tls.Protocol = SslProtocols.Tls12 | SslProtocols.Tls13;
                tls.ServerName = trust.ServerName;
                tls.CertificateValidationCallback = trust.Check;
            });
        }
    }

    private static void Configure<TEndpoint>(IBusRegistrationContext context, IBusFactoryConfigurator<TEndpoint> bus)
        where TEndpoint : IReceiveEndpointConfigurator
    {
        bus.ConfigureJsonSerializerOptions(WeirJson.Apply);
        bus.ConnectEndpointConfigurationObserver(new DeclaredEndpointsOnly(context.GetRequiredService<EndpointSetup>()));
        bus.ConfigureEndpoints(context);
    }
}
