namespace Weir.Worker.Ticker;

/// <summary>One tick, as it goes to the sink.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Epoch">The epoch it was written under.</param>
/// <param name="Worker">Who ticked.</param>
/// <param name="Incarnation">Its life.</param>
/// <param name="Sequence">1 upwards along the stream, across owners; 0 marks a claim.</param>
/// <param name="At">Nanoseconds on the machine's boot-time clock.</param>
internal readonly record struct Tick(string Stream, long Epoch, string Worker, long Incarnation, long Sequence, long At);
