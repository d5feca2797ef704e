namespace Weir.Core.Planning;

/// <summary>The streams chosen to leave each source, and those without an owner to be placed: one flat array, by worker.</summary>
internal sealed class Picked
{
    private readonly int[] _streams;
    private readonly int[] _orphans;
    private readonly int[] _end;
    private readonly int[] _next;
    private readonly int[] _left;
    private int _orphanCount;

    internal Picked(int[] takes, int placed)
    {
        _orphans = new int[placed];
        _end = new int[takes.Length];
        _next = new int[takes.Length];
        _left = (int[])takes.Clone();
        var offset = 0;
        for (var w = 0; w < takes.Length; w++)
        {
            _end[w] = _next[w] = offset;
            offset += takes[w];
        }

        _streams = new int[offset];
        Total = offset + placed;
    }

    internal int Total { get; }

    /// <summary>False once the worker has given all it should.</summary>
    internal bool TakeFrom(int worker, int stream)
    {
        _streams[_end[worker]++] = stream;
        return --_left[worker] > 0;
    }

    /// <summary>False when there is no place left for it.</summary>
    internal bool TakeOrphan(int stream)
    {
        if (_orphanCount == _orphans.Length)
            return false;
        _orphans[_orphanCount++] = stream;
        return true;
    }

    internal int Orphan(int i) => _orphans[i];

    internal int NextFrom(int worker) => _streams[_next[worker]++];
}
