using MassTransit;
using MassTransit.RabbitMqTransport;
using MassTransit.RabbitMqTransport.Configuration;
using MassTransit.Transports;

namespace Weir.Bus.Sending;

/// <summary>The one place where ways out of the process are made: each is checked, and each is guarded.</summary>
internal sealed class GuardedSupervisor(IRabbitMqHostConfiguration host, IRabbitMqTopologyConfiguration topology, SendRules rules)
    : ConnectionContextSupervisor(host, topology), IConnectionContextSupervisor
{
    private readonly IRabbitMqHostConfiguration _host = host;

    async Task<ISendTransport> IConnectionContextSupervisor.CreateSendTransport(
        RabbitMqReceiveEndpointContext receiveEndpointContext, IChannelContextSupervisor channelContextSupervisor, Uri address)
    {
        var to = new RabbitMqEndpointAddress(_host.HostAddress, address);
        rules.CheckAddress(to);
        var transport = await CreateSendTransport(receiveEndpointContext, channelContextSupervisor, address);
        return new GuardedTransport(transport, address, rules, toWorker: to.Name == WorkerRoute.DefaultExchange);
    }

    async Task<ISendTransport> IConnectionContextSupervisor.CreatePublishTransport<T>(
        RabbitMqReceiveEndpointContext receiveEndpointContext, IChannelContextSupervisor channelContextSupervisor)
    {
        rules.CheckPublish(typeof(T));
        var transport = await CreatePublishTransport<T>(receiveEndpointContext, channelContextSupervisor);
        return new GuardedTransport(transport, new Uri($"publish:{typeof(T).Name}"), rules, toWorker: false);
    }
}
