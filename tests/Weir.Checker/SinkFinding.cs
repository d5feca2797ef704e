namespace Weir.Checker;

/// <summary>What a sink's rows show.</summary>
/// <param name="Rows">How many there are.</param>
/// <param name="Stale">Those taken under an old epoch.</param>
internal sealed record SinkFinding(long Rows, IReadOnlyList<StaleRow> Stale);
