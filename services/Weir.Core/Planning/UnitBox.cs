namespace Weir.Core.Planning;

/// <summary>
/// For streams of one weight: between which counts every worker must end so that the makespan is the least there is and
/// nobody starves, and the counts inside that box which are fewest moves away.
/// </summary>
internal sealed class UnitBox
{
    private readonly double[] _share;
    private readonly int[] _floor;
    private readonly int[] _ceiling;
    private readonly int[] _count;

    private UnitBox(double[] share, int[] floor, int[] ceiling, int[] count)
    {
        (_share, _floor, _ceiling, _count) = (share, floor, ceiling, count);
        Low = new int[share.Length];
        High = new int[share.Length];
        Target = new int[share.Length];
    }

    /// <summary>Least count of each worker.</summary>
    internal int[] Low { get; }

    /// <summary>Largest count of each worker: what the least makespan allows.</summary>
    internal int[] High { get; }

    /// <summary>The counts to end with.</summary>
    internal int[] Target { get; }

    /// <summary>Streams per unit of share if streams could be cut.</summary>
    internal double Level { get; private set; }

    /// <summary>The least makespan: no way to place the streams has a lower highest level, held streams aside.</summary>
    internal double Makespan { get; private set; }

    /// <summary>max(X, D - O, 0): X must leave overfull workers, D places must be filled and O of them can be without a move.</summary>
    internal int MovesMin { get; private set; }

    /// <param name="share">What each worker's part is proportional to.</param>
    /// <param name="floor">Streams each worker keeps whatever happens.</param>
    /// <param name="ceiling">Most each worker may hold; at least its floor.</param>
    /// <param name="count">Streams each worker has.</param>
    /// <param name="placed">Streams without an owner that will be placed; there is room for them.</param>
    internal static UnitBox Of(double[] share, int[] floor, int[] ceiling, int[] count, int placed)
    {
        var box = new UnitBox(share, floor, ceiling, count);
        var total = (long)placed;
        foreach (var n in count)
            total += n;
        box.FindLevels(total);
        box.FindTargets(total);
        long leave = 0;
        long fill = 0;
        for (var w = 0; w < count.Length; w++)
        {
            leave += Math.Max(0, count[w] - box.High[w]);
            fill += Math.Max(0, box.Low[w] - count[w]);
        }

        box.MovesMin = (int)Math.Max(leave, Math.Max(0, fill - placed));
        return box;
    }

    private void FindLevels(long total)
    {
        var workers = _share.Length;
        var floors = Array.ConvertAll(_floor, n => (double)n);
        var ceilings = Array.ConvertAll(_ceiling, n => (double)n);
        Level = WaterLevel.Find(_share, floors, ceilings, total);

        var missing = total;
        for (var w = 0; w < workers; w++)
        {
            Low[w] = Clamp(w, CountAt(w, Level * (1 + 1e-12)));
            missing -= Low[w];
        }

        Makespan = missing > 0 ? RaisedLevel(missing) : LowestMakespan();
        for (var w = 0; w < workers; w++)
        {
            High[w] = Math.Max(Low[w], Clamp(w, CountAt(w, Makespan)));
            Low[w] = Math.Min(Low[w], High[w]);
        }
    }

    private double LowestMakespan()
    {
        var most = 0.0;
        for (var w = 0; w < _share.Length; w++)
            most = _share[w] > 0 ? Math.Max(most, Low[w] / _share[w]) : most;
        return most;
    }

    /// <summary>The level at which the counts have room for so many streams more: the least makespan.</summary>
    private double RaisedLevel(long missing)
    {
        var heap = new LevelHeap(_share.Length);
        var raised = new int[_share.Length];
        var lowest = double.PositiveInfinity;
        var highest = 0.0;
        for (var w = 0; w < _share.Length; w++)
        {
            if (_share[w] <= 0 || Low[w] >= _ceiling[w])
                continue;
            var next = (Low[w] + 1) / _share[w];
            lowest = Math.Min(lowest, next);
            highest = Math.Max(highest, next);
            heap.Append(w, next);
        }

        // Workers of one share all rise together: no need to ask one by one.
        if (lowest == highest)
            return lowest;

        heap.Heapify();
        var level = 0.0;
        for (var i = 0L; i < missing && heap.Count > 0; i++)
        {
            var w = heap.First;
            level = heap.FirstLevel;
            raised[w]++;
            if (Low[w] + raised[w] < _ceiling[w])
                heap.ReplaceFirst((Low[w] + raised[w] + 1) / _share[w]);
            else
                heap.RemoveFirst();
        }

        return level;
    }

    private void FindTargets(long total)
    {
        var sum = 0L;
        for (var w = 0; w < _share.Length; w++)
        {
            Target[w] = Math.Clamp(_count[w], Low[w], High[w]);
            sum += Target[w];
        }

        if (sum < total)
            Shift(total - sum, up: true);
        else if (sum > total)
            Shift(sum - total, up: false);
    }

    /// <summary>Raises the targets that end lowest, or lowers those that stand highest; always in one direction, so no move is wasted.</summary>
    private void Shift(long by, bool up)
    {
        var heap = new LevelHeap(_share.Length);
        for (var w = 0; w < _share.Length; w++)
        {
            if (_share[w] > 0 && (up ? Target[w] < High[w] : Target[w] > Low[w]))
                heap.Append(w, Key(w, up));
        }

        heap.Heapify();
        for (var i = 0L; i < by && heap.Count > 0; i++)
        {
            var w = heap.First;
            Target[w] += up ? 1 : -1;
            if (up ? Target[w] < High[w] : Target[w] > Low[w])
                heap.ReplaceFirst(Key(w, up));
            else
                heap.RemoveFirst();
        }
    }

    private double Key(int w, bool up) => up ? (Target[w] + 1) / _share[w] : -(Target[w] / _share[w]);

    /// <summary>
    /// The largest count whose level is not above the given one. Decided by the division alone: equal quotients round
    /// equally, so capacities 1 and 2 agree on what half full is.
    /// </summary>
    private int CountAt(int w, double level)
    {
        if (_share[w] <= 0)
            return 0;
        var n = (int)Math.Min(Math.Floor(_share[w] * level), int.MaxValue / 2);
        if ((n + 1) / _share[w] <= level)
            return n + 1;
        return n > 0 && n / _share[w] > level ? n - 1 : n;
    }

    private int Clamp(int w, int n) => Math.Clamp(n, _floor[w], _ceiling[w]);
}
