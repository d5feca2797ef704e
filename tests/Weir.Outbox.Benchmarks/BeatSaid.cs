namespace Weir.Outbox.Benchmarks;

/// <summary>A worker lives.</summary>
internal sealed record BeatSaid(int Worker, long Sequence);
