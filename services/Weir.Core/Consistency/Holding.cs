using Weir.Core.Identity;

namespace Weir.Core.Consistency;

/// <summary>One stream whose handler has not ended, as its worker lists it.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Epoch">The epoch its handler runs at.</param>
/// <param name="Stopping">It was told to stop, or its lease lapsed, and it has not ended yet.</param>
public readonly record struct Holding(StreamId Stream, Epoch Epoch, bool Stopping);
