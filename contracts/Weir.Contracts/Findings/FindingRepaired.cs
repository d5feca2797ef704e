namespace Weir.Contracts.Findings;

/// <summary>Desired and observed agree again. Published by Consistency with the row it tells of; for anyone.</summary>
/// <param name="FindingId">The finding that is closed.</param>
/// <param name="Pool">The pool.</param>
/// <param name="StreamId">The stream.</param>
/// <param name="Remedy">What cured it, in words, at most 200 characters.</param>
[Message(MessageKind.Fact)]
public sealed record FindingRepaired(Guid FindingId, string Pool, string StreamId, string Remedy);
