using Weir.Core.Identity;

namespace Weir.Core.Planning;

/// <summary>A snapshot and the names of its workers and streams, both ordered ordinally, so that a place says the same everywhere.</summary>
public sealed class Fleet
{
    internal Fleet(Snapshot snapshot, WorkerId[] workers, StreamId[] streams)
    {
        Snapshot = snapshot;
        Workers = workers;
        Streams = streams;
    }

    /// <summary>What the planner reads.</summary>
    public Snapshot Snapshot { get; }

    /// <summary>The worker at each place.</summary>
    public IReadOnlyList<WorkerId> Workers { get; }

    /// <summary>The stream at each place.</summary>
    public IReadOnlyList<StreamId> Streams { get; }
}
