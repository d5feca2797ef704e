namespace Weir.Simulation.Tests.Engine;

/// <summary>A four-ary heap of what is to happen, by virtual time, then by the order of asking.</summary>
internal sealed class EventQueue
{
    private Item[] _heap = new Item[1024];
    private long _order;

    internal int Count { get; private set; }

    internal void Add(long at, Action action)
    {
        if (Count == _heap.Length)
            Array.Resize(ref _heap, 2 * Count);
        var item = new Item(at, _order++, action);
        var hole = Count++;
        while (hole > 0)
        {
            var parent = (hole - 1) >> 2;
            if (!item.IsBefore(_heap[parent]))
                break;
            _heap[hole] = _heap[parent];
            hole = parent;
        }
        _heap[hole] = item;
    }

    internal Action Take(out long at)
    {
        var first = _heap[0];
        var last = _heap[--Count];
        _heap[Count] = default;
        if (Count > 0)
            Sink(last);
        at = first.At;
        return first.Action;
    }

    private void Sink(in Item item)
    {
        var hole = 0;
        while (true)
        {
            var child = (hole << 2) + 1;
            if (child >= Count)
                break;
            var least = child;
            var end = Math.Min(child + 4, Count);
            for (var other = child + 1; other < end; other++)
                if (_heap[other].IsBefore(_heap[least]))
                    least = other;
            if (!_heap[least].IsBefore(item))
                break;
            _heap[hole] = _heap[least];
            hole = least;
        }
        _heap[hole] = item;
    }

    private readonly record struct Item(long At, long Order, Action Action)
    {
        internal bool IsBefore(in Item other) => At < other.At || (At == other.At && Order < other.Order);
    }
}
