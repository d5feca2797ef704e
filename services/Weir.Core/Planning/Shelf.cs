namespace Weir.Core.Planning;

/// <summary>The streams of one worker that may be taken, lightest first; equal weights by place.</summary>
internal sealed class Shelf
{
    private int[] _streams;
    private double[] _weights;

    /// <param name="streams">In the order of their places.</param>
    /// <param name="weights">Of all streams.</param>
    internal Shelf(ReadOnlySpan<int> streams, double[] weights)
    {
        Count = streams.Length;
        _streams = streams.ToArray();
        _weights = new double[Count];
        for (var i = 0; i < Count; i++)
            _weights[i] = weights[_streams[i]];
        Array.Sort(_weights, _streams);
        OrderEqualWeights();
    }

    internal int Count { get; private set; }

    internal int Stream(int i) => _streams[i];

    internal double Weight(int i) => _weights[i];

    internal double Heaviest => Count > 0 ? _weights[Count - 1] : 0;

    /// <summary>The first place whose weight is at least this; <see cref="Count"/> when there is none.</summary>
    internal int FirstAtLeast(double weight)
    {
        var (from, to) = (0, Count);
        while (from < to)
        {
            var middle = (from + to) >> 1;
            if (_weights[middle] < weight)
                from = middle + 1;
            else
                to = middle;
        }

        return from;
    }

    /// <summary>The last place whose weight is at most this; -1 when there is none.</summary>
    internal int LastAtMost(double weight)
    {
        var (from, to) = (0, Count);
        while (from < to)
        {
            var middle = (from + to) >> 1;
            if (_weights[middle] <= weight)
                from = middle + 1;
            else
                to = middle;
        }

        return from - 1;
    }

    internal void Add(int stream, double weight)
    {
        if (Count == _streams.Length)
        {
            Array.Resize(ref _streams, Math.Max(8, Count * 2));
            Array.Resize(ref _weights, _streams.Length);
        }

        var i = PlaceOf(stream, weight);
        Array.Copy(_streams, i, _streams, i + 1, Count - i);
        Array.Copy(_weights, i, _weights, i + 1, Count - i);
        _streams[i] = stream;
        _weights[i] = weight;
        Count++;
    }

    internal void Remove(int stream, double weight)
    {
        var i = PlaceOf(stream, weight);
        Count--;
        Array.Copy(_streams, i + 1, _streams, i, Count - i);
        Array.Copy(_weights, i + 1, _weights, i, Count - i);
    }

    private int PlaceOf(int stream, double weight)
    {
        var i = FirstAtLeast(weight);
        while (i < Count && _weights[i] == weight && _streams[i] < stream)
            i++;
        return i;
    }

    private void OrderEqualWeights()
    {
        for (var i = 0; i < Count;)
        {
            var end = i + 1;
            while (end < Count && _weights[end] == _weights[i])
                end++;
            if (end - i > 1)
                Array.Sort(_streams, i, end - i);
            i = end;
        }
    }
}
