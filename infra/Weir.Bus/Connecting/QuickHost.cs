using MassTransit;
using MassTransit.RabbitMqTransport;
using MassTransit.RabbitMqTransport.Configuration;
using MassTransit.Util;
using Weir.Bus.Sending;

namespace Weir.Bus.Connecting;

/// <summary>
/// The transport's host, with two things of ours. Its own back-off of 3 to 30 s is never reset after a success, so a
/// process that has seen a few outages stays away for 20 s; ours is short and even, and the gate before each attempt
/// sees to it that attempts are few. And every way out is guarded.
/// </summary>
internal sealed class QuickHost : RabbitMqHostConfiguration, IRabbitMqHostConfiguration
{
    // Enough that it never runs out between two successes; it starts over when it does.
    private const int Retries = 1000;

    private readonly IRetryPolicy _receive;
    private readonly IRetryPolicy _send;
    private readonly Recycle<IConnectionContextSupervisor> _supervisor;

    internal QuickHost(IRabbitMqBusConfiguration bus, IRabbitMqTopologyConfiguration topology, TimeSpan pause, SendRules rules)
        : base(bus, topology)
    {
        // Also a refused account or a queue of another shape: health is red meanwhile, and what a person mends heals by itself.
        _receive = MassTransit.Retry.CreatePolicy(retry => retry.Interval(Retries, pause));
        _send = MassTransit.Retry.CreatePolicy(retry =>
        {
            retry.Handle<Exception>(base.ReceiveTransportRetryPolicy.IsHandled);
            retry.Interval(Retries, pause);
        });
        _supervisor = new Recycle<IConnectionContextSupervisor>(() => new GuardedSupervisor(this, topology, rules));
    }

    public override IRetryPolicy ReceiveTransportRetryPolicy => _receive;

    public override IRetryPolicy SendTransportRetryPolicy => _send;

    IConnectionContextSupervisor IRabbitMqHostConfiguration.ConnectionContextSupervisor => _supervisor.Supervisor;
}
