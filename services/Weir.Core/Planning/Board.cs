namespace Weir.Core.Planning;

/// <summary>
/// A fleet of weighted streams while it is being planned: who holds what now, what each stream's home is, and what the
/// difference costs. Only workers that are touched get a shelf, so most of a large fleet is never sorted.
/// </summary>
internal sealed class Board
{
    /// <summary>Loads are exact, edges are products: a hair's breadth outside is inside.</summary>
    private const double Rounding = 1e-9;

    private readonly Roster _roster;
    private readonly Shelf?[] _shelves;
    private readonly Dictionary<int, int> _now = [];
    private readonly List<int>?[] _arrived;
    private readonly bool[] _left;
    private readonly bool[] _touched;
    private double _ceiling;

    internal Board(Standing standing, Loads loads, Roster roster)
    {
        Standing = standing;
        Loads = loads;
        Weights = standing.Snapshot.Weights!;
        Share = standing.Share;
        Load = (double[])loads.Of.Clone();
        Count = (int[])standing.Count.Clone();
        _roster = roster;
        _shelves = new Shelf?[Share.Length];
        _arrived = new List<int>?[Share.Length];
        _left = new bool[Share.Length];
        _touched = new bool[Share.Length];
        foreach (var load in Load)
            Total += load;
    }

    internal Standing Standing { get; }

    internal Loads Loads { get; }

    internal double[] Weights { get; }

    internal double[] Share { get; }

    internal double[] Load { get; }

    internal int[] Count { get; }

    internal double[] Low { get; private set; } = [];

    internal double[] High { get; private set; } = [];

    /// <summary>All weight that has a worker.</summary>
    internal double Total { get; private set; }

    /// <summary>Streams that are not at home, by stream, with where they are.</summary>
    internal IReadOnlyDictionary<int, int> Now => _now;

    /// <summary>Streams that are not at home and have one: what the plan costs.</summary>
    internal int Moves { get; private set; }

    /// <summary>What they weigh.</summary>
    internal double WeightMoved { get; private set; }

    internal void SetEdges(Edges edges)
    {
        (Low, High) = (edges.Low, edges.High);
        for (var w = 0; w < Share.Length; w++)
            _ceiling = Share[w] > 0 ? Math.Max(_ceiling, Level(w)) : _ceiling;
    }

    /// <summary>How far a worker may be filled: to its upper edge, but never above where the highest worker stood.</summary>
    internal double Brim(int worker) => Math.Min(High[worker], CeilingOf(worker));

    /// <summary>What a worker weighs when it stands as high as the highest did.</summary>
    internal double CeilingOf(int worker) => _ceiling * Share[worker] * (1 + Rounding);

    /// <summary>Whether it stands no higher than the highest did.</summary>
    internal bool IsUnderCeiling(int worker) => Load[worker] <= CeilingOf(worker);

    internal Shelf Shelf(int worker) => _shelves[worker] ??= Filled(worker);

    /// <summary>What the worker has at home, whatever was decided since.</summary>
    internal Shelf HomeShelf(int worker) =>
        _shelves[worker] is { } shelf && !_touched[worker] ? shelf : new Shelf(_roster.Of(worker), Weights);

    internal double Level(int worker) => Load[worker] / Share[worker];

    /// <summary>Whether a worker may take one stream more, weight aside.</summary>
    internal bool TakesOneMore(int worker) =>
        Count[worker] < Standing.Limit[worker] && Standing.Snapshot.States[worker] == WorkerState.Active;

    /// <summary>Whether a stream whose home this is may stay there.</summary>
    internal bool TakesBack(int worker) => Share[worker] > 0 && Count[worker] < Standing.Limit[worker];

    /// <summary>How far a load is outside the worker's band, in weight.</summary>
    internal double Outside(int worker, double load)
    {
        var over = load - High[worker];
        if (over > High[worker] * Rounding)
            return over;
        var under = Low[worker] - load;
        return under > Low[worker] * Rounding ? under : 0;
    }

    internal double Outside(int worker) => Outside(worker, Load[worker]);

    /// <summary>Weight that stays on workers that take no part.</summary>
    internal double LoadWithoutShare()
    {
        var sum = 0.0;
        for (var w = 0; w < Share.Length; w++)
            sum += Share[w] > 0 ? 0 : Load[w];
        return sum;
    }

    internal double Violation()
    {
        var sum = 0.0;
        for (var w = 0; w < Share.Length; w++)
            sum += Share[w] > 0 ? Outside(w) : 0;
        return sum;
    }

    /// <summary>How much is outside on some workers together; one named twice counts once.</summary>
    internal double Violation(ReadOnlySpan<int> workers)
    {
        var sum = 0.0;
        for (var i = 0; i < workers.Length; i++)
            sum += workers[..i].Contains(workers[i]) ? 0 : Outside(workers[i]);
        return sum;
    }

    /// <summary>Gives an owner to a stream that has none.</summary>
    internal void Place(int stream, int worker)
    {
        _now[stream] = worker;
        Total += Weights[stream];
        Put(stream, worker, 1);
    }

    /// <summary>Takes a stream from one worker to another.</summary>
    internal void Move(int stream, int from, int to)
    {
        var weight = Weights[stream];
        var home = Home(stream);
        Put(stream, from, -1);
        Put(stream, to, 1);
        if (to == home)
            _now.Remove(stream);
        else
            _now[stream] = to;
        if (home < 0)
            return;
        var change = (to == home ? 0 : 1) - (from == home ? 0 : 1);
        Moves += change;
        WeightMoved += change * weight;
    }

    /// <summary>The worker a stream is taken from if it moves; -1 when it has none and costs nothing.</summary>
    internal int Home(int stream) => Standing.LiveOwner(stream);

    internal int Holder(int stream) => _now.TryGetValue(stream, out var worker) ? worker : Home(stream);

    /// <summary>The same fleet, to try something else on.</summary>
    internal Board Copy()
    {
        var copy = new Board(Standing, Loads, _roster) { Low = Low, High = High, _ceiling = _ceiling };
        foreach (var (stream, worker) in _now)
        {
            if (Home(stream) < 0)
                copy.Place(stream, worker);
            else
                copy.Move(stream, Home(stream), worker);
        }

        return copy;
    }

    private void Put(int stream, int worker, int sign)
    {
        Load[worker] += sign * Weights[stream];
        Count[worker] += sign;
        _touched[worker] = true;
        if (_shelves[worker] is { } shelf)
        {
            if (sign > 0)
                shelf.Add(stream, Weights[stream]);
            else
                shelf.Remove(stream, Weights[stream]);
        }
        else if (sign > 0)
            (_arrived[worker] ??= []).Add(stream);
        else
            _left[worker] = true;
    }

    /// <summary>What the worker has at home, less what left, and what came, before anybody looked.</summary>
    private Shelf Filled(int worker)
    {
        var streams = _roster.Of(worker);
        if (_arrived[worker] is null && !_left[worker])
            return new Shelf(streams, Weights);

        var here = new List<int>(streams.Length + (_arrived[worker]?.Count ?? 0));
        foreach (var stream in streams)
        {
            if (Holder(stream) == worker)
                here.Add(stream);
        }

        foreach (var stream in _arrived[worker] ?? [])
        {
            if (Home(stream) != worker && Holder(stream) == worker)
                here.Add(stream);
        }

        return new Shelf(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(here), Weights);
    }
}
