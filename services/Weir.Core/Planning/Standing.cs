namespace Weir.Core.Planning;

/// <summary>
/// Where the fleet stands before anything is decided by choice: who holds how many, what cannot be taken, how many each
/// worker may hold, and what the constraints alone have already decided (pins, quarantine).
/// </summary>
internal sealed class Standing
{
    internal Standing(Snapshot snapshot)
    {
        Snapshot = snapshot;
        var workers = snapshot.WorkerCount;
        Count = new int[workers];
        CountAtStart = new int[workers];
        Held = new int[workers];
        Limit = new int[workers];
        Floor = new int[workers];
        KeptFree = new int[workers];
        Share = new double[workers];
        HeldStreams = new StreamSet(snapshot.StreamCount);
    }

    internal Snapshot Snapshot { get; }

    /// <summary>Streams a live worker has, after the pins.</summary>
    internal int[] Count { get; }

    /// <summary>Streams a live worker has in the snapshot.</summary>
    internal int[] CountAtStart { get; }

    /// <summary>Streams of <see cref="Count"/> that cannot be taken: pinned, in flight, cooling down, quarantined.</summary>
    internal int[] Held { get; }

    /// <summary>Fewest streams a worker can end with: what is held, and what a full fleet cannot take from a draining worker.</summary>
    internal int[] Floor { get; }

    /// <summary>Most streams a worker may hold in the end.</summary>
    internal int[] Limit { get; }

    /// <summary>Places a worker keeps free for streams that are pinned to it and wait for room.</summary>
    internal int[] KeptFree { get; }

    /// <summary>What a worker's part of the whole is proportional to: capacity x performance; 0 takes no part.</summary>
    internal double[] Share { get; }

    /// <summary>Streams that no choice may touch, owned or not.</summary>
    internal StreamSet HeldStreams { get; }

    /// <summary>Where each stream that is held counts.</summary>
    internal List<Placement> HeldPlaces { get; } = [];

    /// <summary>Streams without an owner that may be given one.</summary>
    internal int Orphans { get; set; }

    /// <summary>What the pins decided.</summary>
    internal List<Move> Pins { get; } = [];

    internal List<Placement> PinnedPlacements { get; } = [];

    internal List<Unplaced> Unplaced { get; } = [];

    internal List<Delay> Delays { get; } = [];

    internal bool IsLive(int worker) => Snapshot.States[worker] != WorkerState.Lost;

    /// <summary>The worker that has the stream, or -1 when it has none or a lost one.</summary>
    internal int LiveOwner(int stream)
    {
        var owner = Snapshot.Owners[stream];
        return owner >= 0 && IsLive(owner) ? owner : -1;
    }

    /// <summary>The largest whole number of streams a worker's capacity has room for.</summary>
    internal int Capacity(int worker) => (int)Math.Min(Math.Floor(Snapshot.Capacities[worker]), int.MaxValue / 2);
}
