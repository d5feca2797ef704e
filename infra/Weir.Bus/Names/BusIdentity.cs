using System.Net;

namespace Weir.Bus.Names;

/// <summary>Whose bus this is, as its connection says. Services that share a process share a bus: their names are joined by <c>+</c>.</summary>
internal sealed class BusIdentity(string name, WorkerIdentity? worker = null)
{
    private string _name = name;

    /// <summary>The worker, when this is a worker's bus; it then may send to its own exchange alone.</summary>
    internal WorkerIdentity? Worker => worker;

    internal string ConnectionName => BrokerNames.Connection(_name, Dns.GetHostName(), Environment.ProcessId);

    /// <summary>For the queue of answers to requests, which is declared only where a request is made.</summary>
    internal string OwnQueue => Worker is { } own
        ? $"{BrokerNames.WorkerQueue(own.WorkerId, own.ProcessId)}.{(_name.EndsWith(".beat", StringComparison.Ordinal) ? "beat-bus" : "bus")}"
        : $"weir.{_name.Replace('+', '-')}.bus.{Dns.GetHostName()}.{Environment.ProcessId}";

    internal void Join(BusIdentity other) => _name += "+" + other._name;
}
