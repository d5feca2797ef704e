namespace Weir.Contracts.Leases;

/// <summary>
/// A worker lives. Sent by a worker each beat period, on its own connection; heard by Registry on
/// <c>weir.registry.beats</c>, which renews the lease or says why not.
/// </summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">The life it was given at registration.</param>
/// <param name="Sequence">1 upwards within the incarnation; a beat that is not above the last one renews nothing.</param>
/// <param name="MarkRead">The highest <see cref="CommandMark"/> it has read from its command queue, 0 when none.</param>
/// <param name="Running">How many handlers run, 0 or more.</param>
/// <param name="Stuck">How many handlers were told to stop and have not ended in time, 0 to <paramref name="Running"/>.</param>
/// <param name="Digest">A digest of the streams it runs with their epochs, so that a difference is seen within one beat; null when it cannot say.</param>
/// <param name="CpuShare">The process's share of the cores it may use, 0 to 1; null when not measured.</param>
/// <param name="MemoryBytes">The process's resident memory in bytes; null when not measured.</param>
/// <param name="ProcessId">The process that beats, 1 to 64 letters, digits or hyphens: it names the queue for the answer where the incarnation is not known. Null from a sender that does without.</param>
[Message(MessageKind.Request)]
public sealed record WorkerBeat(
    string WorkerId,
    long Incarnation,
    long Sequence,
    long MarkRead,
    int Running,
    int Stuck,
    string? Digest = null,
    double? CpuShare = null,
    long? MemoryBytes = null,
    string? ProcessId = null);
