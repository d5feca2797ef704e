using Weir.Bus.Connecting;

namespace Weir.Bus.Health;

/// <summary>Whether a bus's broker can be reached now, also when nothing is being received from it.</summary>
internal sealed class BrokerLink(BrokerGate gate, AmqpProbe probe)
{
    internal string Target => probe.Target;

    internal async Task<bool> IsThereAsync(CancellationToken cancel) => !gate.IsWaiting && await probe.AnswersAsync(cancel);
}
