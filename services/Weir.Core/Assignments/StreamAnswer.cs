using Weir.Core.Identity;

namespace Weir.Core.Assignments;

/// <summary>What a worker says about one stream.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Incarnation">The life it says it for.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Epoch">The epoch it speaks of.</param>
public readonly record struct StreamAnswer(AnswerKind Kind, Incarnation Incarnation, StreamId Stream, Epoch Epoch);
