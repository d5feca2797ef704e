namespace Weir.Contracts.Leases;

/// <summary>A worker lives. Sent by a worker each beat period; heard by Registry, which renews the lease or says why not.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">The life it was given at registration.</param>
/// <param name="Sequence">1 upwards within the incarnation; a beat that is not above the last one renews nothing.</param>
/// <param name="Digest">A digest of the streams it runs with their epochs, so that a difference is seen within one beat.</param>
/// <param name="MarkRead">The highest <c>CommandMark</c> it has read from its command queue, 0 when none.</param>
/// <param name="Running">How many handlers run.</param>
/// <param name="Stuck">How many handlers were told to stop and have not ended in time.</param>
public sealed record WorkerBeat(
    string WorkerId,
    long Incarnation,
    long Sequence,
    string? Digest,
    long MarkRead,
    int Running,
    int Stuck);
