namespace Weir.Benchmarks.Planning.Peers;

/// <summary>What the weighted rules share: loads, each worker's streams by weight, and who is hottest and coldest.</summary>
internal sealed class LoadedFleet
{
    private readonly State _state;
    private readonly List<int>[] _streams;
    private readonly SortedSet<(double Load, int Worker)> _order = [];

    internal LoadedFleet(State state)
    {
        _state = state;
        Owner = (int[])state.Owner.Clone();
        Load = new double[state.Workers];
        Live = [.. Enumerable.Range(0, state.Workers).Where(w => state.Live[w])];
        _streams = [.. Enumerable.Range(0, state.Workers).Select(_ => new List<int>())];
        for (var s = 0; s < Owner.Length; s++)
        {
            if (Owner[s] >= 0 && !state.Live[Owner[s]])
                Owner[s] = -1;
            Total += Weight(s);
            if (Owner[s] < 0)
                continue;
            Load[Owner[s]] += Weight(s);
            _streams[Owner[s]].Add(s);
        }

        foreach (var w in Live)
        {
            _streams[w].Sort(Compare);
            _order.Add((Load[w], w));
        }
    }

    internal int[] Owner { get; }

    internal double[] Load { get; }

    internal int[] Live { get; }

    internal double Total { get; }

    internal int Hottest => _order.Max.Worker;

    internal int Coldest => _order.Min.Worker;

    internal double Weight(int stream) => _state.WeightOf(stream);

    internal IReadOnlyList<int> StreamsOf(int worker) => _streams[worker];

    internal void PlaceOrphans()
    {
        foreach (var s in Enumerable.Range(0, Owner.Length).Where(s => Owner[s] < 0).OrderByDescending(Weight).ThenBy(s => s).ToArray())
            Put(s, Coldest);
    }

    /// <summary>The stream of a worker whose weight is nearest to this; -1 when it has none.</summary>
    internal int Nearest(int worker, double weight)
    {
        var streams = _streams[worker];
        var (from, to) = (0, streams.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (Weight(streams[middle]) < weight)
                from = middle + 1;
            else
                to = middle;
        }

        if (streams.Count == 0)
            return -1;
        if (from == streams.Count || (from > 0 && weight - Weight(streams[from - 1]) <= Weight(streams[from]) - weight))
            from--;
        return streams[from];
    }

    internal void Move(int stream, int to)
    {
        var from = Owner[stream];
        _order.Remove((Load[from], from));
        _streams[from].RemoveAt(_streams[from].BinarySearch(stream, Comparer<int>.Create(Compare)));
        Load[from] -= Weight(stream);
        _order.Add((Load[from], from));
        Put(stream, to);
    }

    private void Put(int stream, int to)
    {
        _order.Remove((Load[to], to));
        Load[to] += Weight(stream);
        _order.Add((Load[to], to));
        var place = _streams[to].BinarySearch(stream, Comparer<int>.Create(Compare));
        _streams[to].Insert(~place, stream);
        Owner[stream] = to;
    }

    private int Compare(int a, int b) => Weight(a).CompareTo(Weight(b)) is var c and not 0 ? c : a.CompareTo(b);
}
