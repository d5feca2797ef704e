namespace Weir.Benchmarks.Outbox;

/// <summary>A worker lives.</summary>
public sealed record BeatSaid(int Worker, long Sequence);
