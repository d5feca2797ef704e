namespace Weir.Contracts.Findings;

/// <summary>Desired and observed differ. Published by Consistency with the row it tells of; for anyone.</summary>
/// <param name="FindingId">This finding.</param>
/// <param name="Pool">The pool.</param>
/// <param name="StreamId">The stream.</param>
/// <param name="Kind">In which way they differ.</param>
/// <param name="WorkerId">Where it was observed, or where it should have been.</param>
/// <param name="Recommendation">What a person may do, in words, at most 500 characters.</param>
[Message(MessageKind.Fact)]
public sealed record FindingRaised(Guid FindingId, string Pool, string StreamId, FindingKind Kind, string WorkerId, string Recommendation);
