using System.Collections;

namespace Weir.Worker.Telemetry;

/// <summary>The scope in which a handler logs: <c>worker</c>, <c>stream</c> and <c>epoch</c>, the epoch as it is when the line is written.</summary>
internal sealed class StreamScope(string worker, StreamLease lease) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => 3;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("worker", worker),
        1 => new("stream", lease.Stream.Id),
        2 => new("epoch", lease.Epoch),
        _ => throw new ArgumentOutOfRangeException(nameof(index), index, "0 to 2"),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

    public override string ToString() => $"worker:{worker} stream:{lease.Stream.Id} epoch:{lease.Epoch}";

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
