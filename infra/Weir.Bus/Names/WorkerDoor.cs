using Weir.Contracts.Holdings;
using Weir.Contracts.Leases;
using Weir.Contracts.Registration;
using Weir.Contracts.Reports;
using Weir.Contracts.Workers;

namespace Weir.Bus.Names;

/// <summary>A way from a worker's own exchange to a service's queue. The routing key names the door; who binds it decides where it leads.</summary>
public sealed class WorkerDoor
{
    private static readonly Dictionary<Type, WorkerDoor> ByMessage = new()
    {
        [typeof(RegisterWorker)] = new("register", "registry", "register"),
        [typeof(WorkerBeat)] = new("beats", "registry", "beats"),
        [typeof(DrainWorker)] = new("lifecycle", "registry", "lifecycle"),
        [typeof(StreamsReported)] = new("reports", "registry", "reports"),
        [typeof(HoldingsReported)] = new("holdings", "registry", "holdings"),
    };

    private static readonly WorkerDoor Answers = new("answers", "orchestrator", "answers");

    static WorkerDoor() => ByMessage[typeof(WorkerStopped)] = ByMessage[typeof(DrainWorker)];

    private WorkerDoor(string key, string service, string what) => (Key, Queue) = (key, BrokerNames.ServiceQueue(service, what));

    /// <summary>All doors.</summary>
    public static IReadOnlyList<WorkerDoor> All => [.. ByMessage.Values.Append(Answers).Distinct()];

    /// <summary>The routing key.</summary>
    public string Key { get; }

    /// <summary>The queue it leads to, and the exchange before that queue.</summary>
    public string Queue { get; }

    /// <summary>The door that a worker's message goes through; what has none of its own goes through <c>answers</c>.</summary>
    internal static WorkerDoor Of(Type message) => ByMessage.GetValueOrDefault(message, Answers);
}
