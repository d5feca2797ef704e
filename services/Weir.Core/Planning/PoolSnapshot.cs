using Weir.Core.Assignments;
using Weir.Core.Identity;

namespace Weir.Core.Planning;

/// <summary>A pool's snapshot, in the order of names, and what its places stand for.</summary>
/// <param name="Snapshot">What the planner reads.</param>
/// <param name="Workers">The worker and the incarnation at each place.</param>
/// <param name="Streams">The row at each place, as it was read.</param>
/// <param name="Waiting">Streams that are left out because somebody who is not in the fleet may still act on them.</param>
/// <param name="PinnedAway">Streams whose only worker is not in the fleet: they stay where they are, or wait.</param>
public sealed record PoolSnapshot(
    Snapshot Snapshot,
    IReadOnlyList<(WorkerId Worker, Incarnation Incarnation)> Workers,
    IReadOnlyList<AssignmentRow> Streams,
    int Waiting,
    IReadOnlyList<PinnedAway> PinnedAway)
{
    /// <summary>The place of a stream; null when it is no part of the snapshot.</summary>
    public int? PlaceOf(StreamId stream)
    {
        var (low, high) = (0, Streams.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = Streams[middle].Stream.CompareTo(stream);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return null;
    }
}
