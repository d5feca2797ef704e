namespace Weir.Core.Planning;

/// <summary>Which streams that may be taken each worker has: all places in one flat array, by worker.</summary>
internal sealed class Roster
{
    private readonly int[] _streams;
    private readonly int[] _start;

    internal Roster(Standing standing)
    {
        var workers = standing.Count.Length;
        _start = new int[workers + 1];
        for (var w = 0; w < workers; w++)
            _start[w + 1] = _start[w] + standing.Count[w] - standing.Held[w];
        _streams = new int[_start[workers]];
        var next = _start.AsSpan(0, workers).ToArray();
        var owners = standing.Snapshot.Owners;
        var anyHeld = !standing.HeldStreams.IsEmpty;
        for (var s = 0; s < owners.Length; s++)
        {
            var owner = owners[s];
            if (owner < 0 || !standing.IsLive(owner) || (anyHeld && standing.HeldStreams.Has(s)))
                continue;
            unchecked { _streams[next[owner]++] = s; }
        }
    }

    internal ReadOnlySpan<int> Of(int worker) => _streams.AsSpan(_start[worker].._start[worker + 1]);
}
