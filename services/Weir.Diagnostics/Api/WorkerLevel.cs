namespace Weir.Diagnostics.Api;

/// <summary>How full a worker is.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="Capacity">Units of weight it can carry.</param>
/// <param name="Streams">Streams it has.</param>
/// <param name="Weight">Their weight.</param>
/// <param name="Load">Weight by capacity: 1 is full.</param>
public sealed record WorkerLevel(string Worker, double Capacity, int Streams, double Weight, double Load);
