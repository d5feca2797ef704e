namespace Weir.Contracts.Leases;

/// <summary>A beat does not count and none will. Sent by Registry; heard by the worker on its beat queue.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">The life whose lease is refused.</param>
/// <param name="Sequence">The beat that is answered.</param>
/// <param name="Reason">Why.</param>
[Message(MessageKind.Answer)]
public sealed record LeaseRefused(string WorkerId, long Incarnation, long Sequence, LeaseRefusal Reason);
