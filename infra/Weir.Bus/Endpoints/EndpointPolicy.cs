using Weir.Contracts;

namespace Weir.Bus.Endpoints;

/// <summary>
/// All that is decided about one endpoint: its queue, how much it takes at once, how often it tries, and what becomes
/// of what fails. Every endpoint declares one; a bus with an endpoint that does not refuses to start.
/// </summary>
public sealed record EndpointPolicy
{
    private EndpointPolicy(string queue, RetryLadder retry) => (Queue, Retry) = (queue, retry);

    /// <summary>The queue's name, and the name of the exchange before it.</summary>
    public string Queue { get; }

    /// <summary>How often a message is tried.</summary>
    public RetryLadder Retry { get; }

    /// <summary>The queue's kind.</summary>
    /// <value><see cref="QueueKind.Work"/>.</value>
    public QueueKind Kind { get; private init; } = QueueKind.Work;

    /// <summary>How many messages the broker hands over before it waits for an acknowledgement.</summary>
    /// <value>32 messages. Allowed: 1 to 2000.</value>
    public int Prefetch { get; init; } = 32;

    /// <summary>How many messages are worked on at once; null for as many as are handed over.</summary>
    /// <value>null. Allowed: 1 to <see cref="Prefetch"/>.</value>
    public int? Concurrency { get; init; }

    /// <summary>
    /// How often the broker may hand a message over whose consumer died with it; after that it is dead-lettered to the
    /// error queue. Not the ladder: those attempts are made within one delivery.
    /// </summary>
    /// <value>8 deliveries. Allowed: 1 to 100.</value>
    public int DeliveryLimit { get; init; } = 8;

    /// <summary>How long a message may wait in the queue; null for ever.</summary>
    /// <value>null. Allowed: 100 ms and more.</value>
    public TimeSpan? MessageTtl { get; init; }

    /// <summary>
    /// Whether a message that was understood and whose handling failed is dropped instead of parked: for beats, where
    /// the next one comes in two seconds. What cannot be understood is parked in any case.
    /// </summary>
    /// <value>false.</value>
    public bool DropFailed { get; init; }

    /// <summary>
    /// Whether answers go to the address that a request carries. Only where neither workers nor strangers can send:
    /// what answers then goes wherever the header says.
    /// </summary>
    /// <value>false.</value>
    public bool AnswersRequests { get; init; }

    /// <summary>The one message that any AMQP client may put here as bare JSON; null where only envelopes are taken.</summary>
    /// <value>null.</value>
    public Type? Door { get; private init; }

    /// <summary>The facts and wake-ups that are routed here.</summary>
    /// <value>none.</value>
    public IReadOnlyList<Type> Heard { get; private init; } = [];

    /// <summary>A service's queue <c>weir.service.what</c>, shared by its replicas.</summary>
    /// <param name="service">Such as <c>registry</c>.</param>
    /// <param name="what">Such as <c>register</c>.</param>
    /// <param name="retry">How often a message is tried.</param>
    public static EndpointPolicy Of(string service, string what, RetryLadder retry) =>
        new(Names.BrokerNames.ServiceQueue(service, what), retry);

    /// <summary>A queue of this process alone: <c>weir.service.what.host-process</c>, for wake-ups that every replica shall hear.</summary>
    /// <param name="service">Such as <c>orchestrator</c>.</param>
    /// <param name="what">Such as <c>wake</c>.</param>
    /// <param name="process">A name of this process that no other has.</param>
    public static EndpointPolicy OwnOf(string service, string what, string process) =>
        new($"{Names.BrokerNames.ServiceQueue(service, what)}.{Names.BrokerNames.Checked(process)}", RetryLadder.None) { Kind = QueueKind.Own };

    /// <summary>An asker's own queue for answers, <c>weir.ask.process</c>: gone with the process, and what nobody waits for is dropped.</summary>
    /// <param name="process">A name of this process that no other has.</param>
    public static EndpointPolicy Asking(string process) =>
        new(Names.BrokerNames.AskPrefix + Names.BrokerNames.Checked(process), RetryLadder.None) { Kind = QueueKind.Own };

    /// <summary>A worker's command queue: exclusive, gone with the process. What fails there is dropped: deadlines ask again.</summary>
    public static EndpointPolicy Commands(Names.WorkerIdentity worker) => new(worker.Queue, RetryLadder.None) { Kind = QueueKind.Own };

    /// <summary>A worker's beat queue: exclusive, gone with the process.</summary>
    public static EndpointPolicy BeatAnswers(Names.WorkerIdentity worker) => new(worker.BeatQueue, RetryLadder.None) { Kind = QueueKind.Own };

    /// <summary>The same, open to bare JSON of one message.</summary>
    public EndpointPolicy WithDoor<T>()
        where T : class => this with { Door = typeof(T) };

    /// <summary>The same, and hearing a fact or a wake-up.</summary>
    /// <exception cref="MassTransit.ConfigurationException"><typeparamref name="T"/> is neither.</exception>
    public EndpointPolicy Hearing<T>()
        where T : class => Facts.FactTypes.Contains(typeof(T))
        ? this with { Heard = [.. Heard, typeof(T)] }
        : throw new MassTransit.ConfigurationException($"{typeof(T).Name} is no {MessageKind.Fact} and no {MessageKind.WakeUp}: it is sent, not heard");

    internal void Check()
    {
        Require(Prefetch is >= 1 and <= 2000, $"Prefetch {Prefetch} is not 1 to 2000");
        Require(Concurrency is null || (Concurrency >= 1 && Concurrency <= Prefetch), $"Concurrency {Concurrency} is not 1 to Prefetch {Prefetch}");
        Require(DeliveryLimit is >= 1 and <= 100, $"DeliveryLimit {DeliveryLimit} is not 1 to 100");
        Require(MessageTtl is null || MessageTtl >= TimeSpan.FromMilliseconds(100), $"MessageTtl {MessageTtl} is under 100 ms");
    }

    private void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new MassTransit.ConfigurationException($"The policy of {Queue}: {otherwise}");
    }
}
