using System.Security.Cryptography;
using MassTransit;
using Weir.Bus.Endpoints;
using Weir.Bus.Parking;
using Weir.Bus.Store;

namespace Weir.Bus.Retry;

/// <summary>
/// One policy for an endpoint: a store that is away makes the message wait at the store's gate, as long as that takes
/// and without cost; anything else takes the next rung of the ladder, until none is left.
/// </summary>
internal sealed class LadderPolicy(RetryLadder ladder, StoreGate gate) : IRetryPolicy
{
    private const double JitterShare = 0.2;

    internal StoreGate Gate => gate;

    public RetryPolicyContext<T> CreatePolicyContext<T>(T context)
        where T : class, PipeContext => new LadderPolicyContext<T>(this, context);

    /// <summary>Every fault is this policy's: its reports wait until the last attempt has failed.</summary>
    public bool IsHandled(Exception exception) => true;

    public void Probe(ProbeContext context) => context.Set(new { Policy = "Ladder", ladder.Attempts });

    internal bool MayRetry(Exception exception, int rung) =>
        gate.IsAway(exception) || (rung < ladder.Pauses.Count && ParkReason.Of(exception) == ParkReason.Failed);

    internal TimeSpan Pause(int rung) => ladder.Pauses[rung] * (1 + (JitterShare * RandomNumberGenerator.GetInt32(1000) / 1000));
}
