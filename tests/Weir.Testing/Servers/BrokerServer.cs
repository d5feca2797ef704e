namespace Weir.Testing.Servers;

/// <summary>A RabbitMQ of one test's own, with the management and event-exchange plug-ins on.</summary>
public sealed class BrokerServer : TestServer
{
    internal BrokerServer(
        ServerKind kind, BrokerAddress address, string node, IServerProcess process, params IReadOnlyList<IAsyncDisposable> along)
        : base(kind, process, along)
    {
        Address = address;
        Node = node;
    }

    public BrokerAddress Address { get; }

    /// <summary>The Erlang node name, <c>name@host</c>, as queue leaders are reported.</summary>
    public string Node { get; }

    public override string ToString() => $"rabbitmq {Node} at 127.0.0.1:{Address.Amqp.Port}";

    private protected override Task AnswerAsync(CancellationToken cancel) => AmqpGreeting.ExchangeAsync(Address, cancel);
}
