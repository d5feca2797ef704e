namespace Weir.Core.Planning;

/// <summary>The workers that take part, highest level first, kept in order while loads change a little at a time.</summary>
internal sealed class LevelOrder
{
    private readonly Board _board;
    private readonly int[] _workers;
    private readonly int[] _place;

    internal LevelOrder(Board board)
    {
        _board = board;
        var workers = new List<int>();
        for (var w = 0; w < board.Share.Length; w++)
        {
            if (board.Share[w] > 0)
                workers.Add(w);
        }

        _workers = [.. workers];
        // Equal levels come in an order of their own, the same for the same fleet.
        Array.Sort(Array.ConvertAll(_workers, w => -board.Level(w)), _workers);
        _place = new int[board.Share.Length];
        for (var i = 0; i < _workers.Length; i++)
            _place[_workers[i]] = i;
    }

    internal int Count => _workers.Length;

    /// <summary>The i-th highest.</summary>
    internal int Highest(int i) => _workers[i];

    /// <summary>The i-th lowest.</summary>
    internal int Lowest(int i) => _workers[_workers.Length - 1 - i];

    /// <summary>To be called after a worker's load changed.</summary>
    internal void Update(int worker)
    {
        var i = _place[worker];
        while (i > 0 && Above(worker, _workers[i - 1]))
            i = Shift(i, i - 1);
        while (i < _workers.Length - 1 && Above(_workers[i + 1], worker))
            i = Shift(i, i + 1);
        _workers[i] = worker;
        _place[worker] = i;
    }

    private int Shift(int to, int from)
    {
        _workers[to] = _workers[from];
        _place[_workers[to]] = to;
        return from;
    }

    private bool Above(int a, int b)
    {
        var (x, y) = (_board.Level(a), _board.Level(b));
        return x > y || (x == y && a < b);
    }
}
