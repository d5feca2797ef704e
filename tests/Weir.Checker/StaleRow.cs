namespace Weir.Checker;

/// <summary>A row that a sink took though a newer owner had claimed the stream.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Epoch">The old epoch.</param>
/// <param name="Claimed">The newer one.</param>
/// <param name="Worker">Who wrote it.</param>
/// <param name="Sequence">The tick; 0 for a claim.</param>
internal sealed record StaleRow(string Stream, long Epoch, long Claimed, string Worker, long Sequence);
