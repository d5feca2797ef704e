using Weir.Contracts.Registration;

namespace Weir.Contracts.Holdings;

/// <summary>The answer to <see cref="ReportHoldings"/>: every stream whose handler has not ended, in numbered parts. Sent by a worker; heard by Registry, which keeps it as what was observed.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">The life that answers.</param>
/// <param name="Question">The asking that is answered.</param>
/// <param name="Part">1 to <paramref name="Parts"/>.</param>
/// <param name="Parts">1 or more.</param>
/// <param name="Holdings">At most 200 a part; empty in the only part of a worker that has none.</param>
/// <param name="HighestEpoch">The highest epoch any command ever named to it, 0 when none.</param>
[Message(MessageKind.Answer)]
public sealed record HoldingsReported(
    string WorkerId, long Incarnation, long Question, int Part, int Parts, IReadOnlyList<Holding> Holdings, long HighestEpoch = 0);
