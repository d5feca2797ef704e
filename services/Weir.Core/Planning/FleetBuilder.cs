using Weir.Core.Identity;

namespace Weir.Core.Planning;

/// <summary>Collects workers and streams by name, in any order, and gives the one snapshot they stand for. Not thread-safe.</summary>
public sealed class FleetBuilder
{
    private readonly List<(WorkerId Id, double Capacity, WorkerState State, double Performance)> _workers = [];
    private readonly List<StreamId> _streams = [];
    private readonly List<WorkerId?> _owners = [];
    private readonly List<double> _weights = [];
    private readonly Dictionary<int, (StreamNote Note, WorkerId? PinnedTo)> _notes = [];

    /// <summary>Adds a worker.</summary>
    /// <param name="id">Its name, once a fleet.</param>
    /// <param name="capacity">Streams it may hold, and its share; above 0.</param>
    /// <param name="state">What may be done with it. Default: active.</param>
    /// <param name="performance">The part of its capacity it is worth, above 0 to 1. Default: 1.</param>
    public void AddWorker(WorkerId id, double capacity, WorkerState state = WorkerState.Active, double performance = 1) =>
        _workers.Add((id, capacity, state, performance));

    /// <summary>Adds a stream.</summary>
    /// <param name="id">Its name, once a fleet.</param>
    /// <param name="owner">The worker that has it; null for none.</param>
    /// <param name="weight">At least 0. Default: 1.</param>
    /// <param name="note">What is special about it; its place and pin are filled in here. Default: nothing.</param>
    /// <param name="pinnedTo">The only worker that may have it; null for any.</param>
    public void AddStream(StreamId id, WorkerId? owner, double weight = 1, StreamNote? note = null, WorkerId? pinnedTo = null)
    {
        if (note is not null || pinnedTo is not null)
            _notes.Add(_streams.Count, (note ?? new StreamNote(0), pinnedTo));
        _streams.Add(id);
        _owners.Add(owner);
        _weights.Add(weight);
    }

    /// <summary>The fleet, with workers and streams ordered by name.</summary>
    /// <exception cref="InvalidOperationException">A name comes twice, or an owner or pin is no worker of the fleet.</exception>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public Fleet Build()
    {
        var workers = _workers.ToArray();
        Array.Sort(workers, (a, b) => a.Id.CompareTo(b.Id));
        var places = new Dictionary<string, int>(workers.Length, StringComparer.Ordinal);
        for (var w = 0; w < workers.Length; w++)
        {
            if (!places.TryAdd(workers[w].Id.Value, w))
                throw new InvalidOperationException($"two workers are called '{workers[w].Id}': a name belongs to one");
        }

        var streams = _streams.ToArray();
        var order = new int[streams.Length];
        for (var s = 0; s < order.Length; s++)
            order[s] = s;
        Array.Sort(streams, order);
        var owners = new int[order.Length];
        var weights = new double[order.Length];
        var notes = new List<StreamNote>(_notes.Count);
        for (var s = 0; s < order.Length; s++)
        {
            if (s > 0 && streams[s] == streams[s - 1])
                throw new InvalidOperationException($"two streams are called '{streams[s]}': a name belongs to one");
            owners[s] = Place(places, _owners[order[s]], streams[s], "owner");
            weights[s] = _weights[order[s]];
            if (_notes.TryGetValue(order[s], out var found))
                notes.Add(found.Note with { Stream = s, PinnedTo = Place(places, found.PinnedTo, streams[s], "pin") });
        }

        var snapshot = new Snapshot(
            Array.ConvertAll(workers, w => w.Capacity),
            Array.ConvertAll(workers, w => w.State),
            Array.ConvertAll(workers, w => w.Performance),
            owners,
            weights,
            [.. notes]);
        return new Fleet(snapshot, Array.ConvertAll(workers, w => w.Id), streams);
    }

    private static int Place(Dictionary<string, int> places, WorkerId? worker, StreamId stream, string what)
    {
        if (worker is not { } id)
            return -1;
        return places.TryGetValue(id.Value, out var place)
            ? place
            : throw new InvalidOperationException($"stream '{stream}': its {what} '{id}' is no worker of the fleet");
    }
}
