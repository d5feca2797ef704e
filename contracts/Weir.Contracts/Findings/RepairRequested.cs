namespace Weir.Contracts.Findings;

/// <summary>Look at this stream again and send what its row says. Sent by Consistency; heard by Orchestrator, which decides by the row, never by this.</summary>
/// <param name="FindingId">The finding it is a remedy for.</param>
/// <param name="Pool">The pool.</param>
/// <param name="StreamId">The stream.</param>
/// <param name="SeenEpoch">The epoch that was observed, 0 when none; the row has changed since when it differs.</param>
/// <param name="Kind">In which way desired and observed differ.</param>
/// <param name="WorkerId">Where it was observed, or where it should have been.</param>
[Message(MessageKind.Request)]
public sealed record RepairRequested(Guid FindingId, string Pool, string StreamId, long SeenEpoch, FindingKind Kind, string WorkerId);
