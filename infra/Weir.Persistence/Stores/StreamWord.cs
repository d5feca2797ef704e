using Weir.Core.Identity;

namespace Weir.Persistence.Stores;

/// <summary>What a stream's handler said of it.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Incarnation">The life that runs it.</param>
/// <param name="Epoch">The epoch under which it ran.</param>
/// <param name="Load">Units of weight it takes; null when it measures none.</param>
/// <param name="Position">How far it has come; null when it does not say.</param>
public readonly record struct StreamWord(StreamId Stream, Incarnation Incarnation, Epoch Epoch, double? Load, string? Position);
