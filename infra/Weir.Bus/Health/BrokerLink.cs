using Weir.Bus.Connecting;

namespace Weir.Bus.Health;

/// <summary>Whether a bus's broker can be reached now, also when nothing is being received from it.</summary>
internal sealed class BrokerLink(BrokerGate gate, AmqpProbe probe, BrokerTrust trust)
{
    internal string Target => probe.Target;

    /// <summary>Why the broker is not trusted; null when it is, or when nobody asked.</summary>
    internal string? Refusal => trust.Refusal;

    internal async Task<bool> IsThereAsync(CancellationToken cancel) => !gate.IsWaiting && await probe.AnswersAsync(cancel);
}
