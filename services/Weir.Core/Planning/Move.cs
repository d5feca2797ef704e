using System.Runtime.InteropServices;

namespace Weir.Core.Planning;

/// <summary>One stream taken from a live worker and given to another. The numbers are places in the snapshot.</summary>
/// <param name="Stream">Which stream.</param>
/// <param name="From">The worker that has it.</param>
/// <param name="To">The worker that gets it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Priority">The reason's base, plus 0 to 9 for how much better the target performs than the source.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Move(int Stream, int From, int To, MoveReason Reason, byte Priority);
