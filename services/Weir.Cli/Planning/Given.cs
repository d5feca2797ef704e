using Weir.Core.Identity;
using Weir.Core.Planning;

namespace Weir.Cli.Planning;

/// <summary>A fleet as the user wrote it, checked value by value, with where each stands for errors found later.</summary>
internal sealed class Given
{
    private readonly Dictionary<WorkerId, string> _paths = [];

    internal Policy Policy { get; set; } = new();

    internal List<GivenWorker> Workers { get; } = [];

    internal List<GivenStream> Streams { get; } = [];

    internal void Add(GivenWorker worker)
    {
        if (!_paths.TryAdd(worker.Id, worker.Path))
            throw new InputException($"{worker.Path}.id", $"'{worker.Id}', the name of {_paths[worker.Id]} too", "a name of its own");
        Workers.Add(worker);
    }

    /// <summary>The fleet, once everything the parts say of each other fits.</summary>
    internal Fleet Build()
    {
        if (Workers.Count == 0)
            throw new InputException("workers", "empty", "at least one worker {\"id\":\"w1\",\"capacity\":25}");
        var builder = new FleetBuilder();
        var known = new Dictionary<WorkerId, GivenWorker>();
        foreach (var worker in Workers)
        {
            known.Add(worker.Id, worker);
            builder.AddWorker(worker.Id, worker.Capacity, worker.State, worker.Performance);
        }

        var names = new Dictionary<StreamId, string>(Streams.Count);
        var pins = new Dictionary<WorkerId, int>();
        foreach (var stream in Streams)
        {
            if (!names.TryAdd(stream.Id, stream.Path))
                throw new InputException($"{stream.Path}.id", $"'{stream.Id}', the name of {names[stream.Id]} too", "a name of its own");
            Known(known, stream.Owner, $"{stream.Path}.owner", "or null");
            if (stream.PinnedTo is { } pin)
                CheckPin(known, pins, pin, stream);
            builder.AddStream(stream.Id, stream.Owner, stream.Weight, stream.Note, stream.PinnedTo);
        }

        return builder.Build();
    }

    private static GivenWorker? Known(Dictionary<WorkerId, GivenWorker> workers, WorkerId? id, string where, string or)
    {
        if (id is not { } name)
            return null;
        return workers.TryGetValue(name, out var worker)
            ? worker
            : throw new InputException(where, $"'{name}', which is no worker of this fleet", $"the id of a worker {or}");
    }

    private static void CheckPin(Dictionary<WorkerId, GivenWorker> known, Dictionary<WorkerId, int> pins, WorkerId pin, GivenStream stream)
    {
        var where = $"{stream.Path}.pinnedTo";
        var worker = Known(known, pin, where, "or null")!;
        if (worker.State == WorkerState.Lost)
            throw new InputException(where, $"'{pin}', which is lost", "a worker that is there, or null");
        pins[pin] = pins.GetValueOrDefault(pin) + 1;
        if (pins[pin] > worker.Capacity)
        {
            throw new InputException(
                where,
                FormattableString.Invariant($"'{pin}', to which {pins[pin]} streams are pinned now, and its capacity is {worker.Capacity}"),
                "no more pins than capacity");
        }
    }
}
