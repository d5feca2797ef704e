using System.Runtime.InteropServices;

namespace Weir.Core.Planning;

/// <summary>A move that was wanted and is not in this plan, and why. The numbers are places in the snapshot.</summary>
/// <param name="Stream">Which stream.</param>
/// <param name="Worker">The worker that should have given it up, or kept it.</param>
/// <param name="Reason">What stands in the way.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Delay(int Stream, int Worker, DelayReason Reason);
