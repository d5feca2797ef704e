namespace Weir.Contracts.Leases;

/// <summary>
/// A beat counted. Sent by Registry after its row is committed, unconfirmed and short-lived; heard by the worker on its
/// beat queue, which counts its lease from the sending of that beat.
/// </summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">The life whose lease was renewed.</param>
/// <param name="Sequence">The beat that counted.</param>
/// <param name="BeatMs">How often to beat from now on, in milliseconds, above 0: the server decides.</param>
[Message(MessageKind.Answer)]
public sealed record LeaseRenewed(string WorkerId, long Incarnation, long Sequence, int BeatMs);
