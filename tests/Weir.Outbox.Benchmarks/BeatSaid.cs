namespace Weir.Outbox.Benchmarks;

/// <summary>A worker lives.</summary>
public sealed record BeatSaid(int Worker, long Sequence);
