namespace Weir.Core.Planning;

/// <summary>
/// Finds the worker that stands lowest once it has one stream more: the smallest (load + weight) / share. Workers of one share
/// keep their order whatever the weight, so one heap a share answers exactly; many different shares are put into few bands of
/// like size, where the answer is the lowest of each band's lowest.
/// </summary>
internal sealed class ColdestFirst
{
    private const int ClassesMax = 16;

    private readonly Board _board;
    private readonly LevelHeap[] _classes;
    private readonly int[] _classOf;

    /// <param name="board">The fleet.</param>
    /// <param name="takes">Which workers may take streams.</param>
    internal ColdestFirst(Board board, Func<int, bool> takes)
    {
        _board = board;
        _classOf = Classes(board.Share, out var count);
        var sizes = new int[count];
        foreach (var c in _classOf)
            sizes[Math.Max(c, 0)]++;
        _classes = new LevelHeap[count];
        for (var c = 0; c < count; c++)
            _classes[c] = new LevelHeap(sizes[c]);
        for (var w = 0; w < _classOf.Length; w++)
        {
            if (_classOf[w] >= 0 && board.TakesOneMore(w) && takes(w))
                _classes[_classOf[w]].Append(w, board.Level(w));
        }

        foreach (var heap in _classes)
            heap.Heapify();
    }

    /// <summary>The worker for a stream of this weight; -1 when none has room. With edges, none is lifted above its upper one.</summary>
    internal int Find(double weight, bool withinEdges)
    {
        var (best, bestLevel) = (-1, double.PositiveInfinity);
        foreach (var heap in _classes)
        {
            while (heap.Count > 0 && !_board.TakesOneMore(heap.First))
                heap.RemoveFirst();
            if (heap.Count == 0)
                continue;
            var w = heap.First;
            if (withinEdges && _board.Load[w] + weight > _board.Brim(w))
                continue;
            var level = (_board.Load[w] + weight) / _board.Share[w];
            if (level < bestLevel || (level == bestLevel && w < best))
                (best, bestLevel) = (w, level);
        }

        return best;
    }

    /// <summary>To be called after the worker that was found took the stream.</summary>
    internal void Took(int worker) => _classes[_classOf[worker]].ReplaceFirst(_board.Level(worker));

    private static int[] Classes(double[] shares, out int count)
    {
        var distinct = new SortedDictionary<double, int>();
        foreach (var share in shares)
        {
            if (share > 0 && distinct.Count <= ClassesMax)
                distinct.TryAdd(share, distinct.Count);
        }

        if (distinct.Count <= ClassesMax)
        {
            count = Math.Max(1, distinct.Count);
            return Array.ConvertAll(shares, share => share > 0 ? distinct[share] : -1);
        }

        count = ClassesMax;
        var least = Math.Log(shares.Where(share => share > 0).Min());
        var step = (Math.Log(shares.Max()) - least) / ClassesMax;
        return Array.ConvertAll(
            shares, share => share > 0 ? Math.Min(ClassesMax - 1, (int)((Math.Log(share) - least) / step)) : -1);
    }
}
