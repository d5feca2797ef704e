using System.Runtime.InteropServices;

namespace Weir.Core.Planning;

/// <summary>
/// What is special about one stream. Most streams have no note, so that a million of them cost two arrays.
/// </summary>
/// <param name="Stream">The stream's place in the snapshot. One note a stream.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StreamNote(int Stream)
{
    /// <summary>The only worker that may hold it, as its place in the snapshot. Default -1: any.</summary>
    public int PinnedTo { get; init; } = -1;

    /// <summary>Seconds since it was last moved by choice, at least 0. Default: infinitely long ago.</summary>
    public double MovedSecondsAgo { get; init; } = double.PositiveInfinity;

    /// <summary>It is on its way to its owner: it counts there and cannot be taken.</summary>
    public bool InFlight { get; init; }

    /// <summary>It may not be given to anyone.</summary>
    public bool Quarantined { get; init; }
}
