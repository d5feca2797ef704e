namespace Weir.Core.Planning;

/// <summary>Workers by level, the lowest first; equal levels by place. A binary heap, because one plan may ask it a million times.</summary>
internal sealed class LevelHeap(int capacity)
{
    private double[] _levels = new double[capacity];
    private int[] _workers = new int[capacity];

    internal int Count { get; private set; }

    internal int First => _workers[0];

    internal double FirstLevel => _levels[0];

    /// <summary>Appends without order; <see cref="Heapify"/> must follow before anything is asked.</summary>
    internal void Append(int worker, double level)
    {
        if (Count == _levels.Length)
        {
            Array.Resize(ref _levels, Math.Max(16, 2 * Count));
            Array.Resize(ref _workers, _levels.Length);
        }

        _levels[Count] = level;
        _workers[Count] = worker;
        Count++;
    }

    internal void Heapify()
    {
        for (var i = Count / 2 - 1; i >= 0; i--)
            Sink(i);
    }

    internal void Push(int worker, double level)
    {
        Append(worker, level);
        var i = Count - 1;
        while (i > 0 && Less(i, (i - 1) / 2))
        {
            Swap(i, (i - 1) / 2);
            i = (i - 1) / 2;
        }
    }

    internal void ReplaceFirst(double level)
    {
        _levels[0] = level;
        Sink(0);
    }

    internal int RemoveFirst()
    {
        var first = _workers[0];
        Count--;
        _levels[0] = _levels[Count];
        _workers[0] = _workers[Count];
        Sink(0);
        return first;
    }

    private void Sink(int i)
    {
        var level = _levels[i];
        var worker = _workers[i];
        while (true)
        {
            var child = 2 * i + 1;
            if (child >= Count)
                break;
            if (child + 1 < Count && Less(child + 1, child))
                child++;
            if (level < _levels[child] || (level == _levels[child] && worker < _workers[child]))
                break;
            _levels[i] = _levels[child];
            _workers[i] = _workers[child];
            i = child;
        }

        if (i < Count)
        {
            _levels[i] = level;
            _workers[i] = worker;
        }
    }

    private bool Less(int a, int b) => _levels[a] < _levels[b] || (_levels[a] == _levels[b] && _workers[a] < _workers[b]);

    private void Swap(int a, int b)
    {
        (_levels[a], _levels[b]) = (_levels[b], _levels[a]);
        (_workers[a], _workers[b]) = (_workers[b], _workers[a]);
    }
}
