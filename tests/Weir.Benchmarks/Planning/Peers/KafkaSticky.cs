namespace Weir.Benchmarks.Planning.Peers;

/// <summary>Kafka's sticky rule in its constrained form: each keeps up to its quota, floor or ceiling, and the rest is dealt out. By count alone.</summary>
internal sealed class KafkaSticky : Peer
{
    internal override string Name => "kafka-sticky";

    internal override Func<int[]> Prepare(State state, double band) => () =>
    {
        var owner = (int[])state.Owner.Clone();
        var live = Enumerable.Range(0, state.Workers).Where(w => state.Live[w]).ToArray();
        var have = new int[state.Workers];
        foreach (var o in owner)
        {
            if (o >= 0)
                have[o]++;
        }

        var (floor, extra) = (owner.Length / live.Length, owner.Length % live.Length);
        var quota = new int[state.Workers];
        foreach (var w in live.OrderByDescending(w => have[w]).ThenBy(w => w))
            quota[w] = floor + (extra-- > 0 ? 1 : 0);

        var kept = new int[state.Workers];
        var free = new Queue<int>();
        for (var s = 0; s < owner.Length; s++)
        {
            if (owner[s] >= 0 && kept[owner[s]] < quota[owner[s]])
                kept[owner[s]]++;
            else
                free.Enqueue(s);
        }

        foreach (var w in live)
        {
            for (; kept[w] < quota[w]; kept[w]++)
                owner[free.Dequeue()] = w;
        }

        return owner;
    };
}
