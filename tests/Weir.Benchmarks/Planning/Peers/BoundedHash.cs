namespace Weir.Benchmarks.Planning.Peers;

/// <summary>Consistent hashing with bounded loads, factor 1.25: each stream to the first worker clockwise that has room. It keeps no state.</summary>
internal sealed class BoundedHash : Peer
{
    private const double Factor = 1.25;
    private const int Points = 100;

    internal override string Name => "bounded-hash";

    internal override Func<int[]> Prepare(State state, double band) => () =>
    {
        var live = Enumerable.Range(0, state.Workers).Where(w => state.Live[w]).ToArray();
        var ring = new ulong[live.Length * Points];
        var at = new int[ring.Length];
        for (var i = 0; i < ring.Length; i++)
            (ring[i], at[i]) = (Mix((ulong)live[i / Points] << 20 | (uint)(i % Points)), live[i / Points]);
        Array.Sort(ring, at);

        var room = new double[state.Workers];
        var (weight, capacity) = (state.TotalWeight, state.TotalCapacity);
        foreach (var w in live)
            room[w] = Math.Ceiling(Factor * weight * state.Capacity[w] / capacity);
        var owner = new int[state.Streams];
        for (var s = 0; s < owner.Length; s++)
        {
            var i = Array.BinarySearch(ring, Mix(~(ulong)s));
            i = i < 0 ? ~i : i;
            for (var tries = 0; room[at[i % ring.Length]] < state.WeightOf(s) && tries < ring.Length; tries++)
                i++;
            owner[s] = at[i % ring.Length];
            room[owner[s]] -= state.WeightOf(s);
        }

        return owner;
    };

    private static ulong Mix(ulong x)
    {
        unchecked
        {
            x += 0x9E3779B97F4A7C15;
            x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
            return x ^ (x >> 31);
        }
    }
}
