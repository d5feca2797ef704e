using CsCheck;
using Weir.Core.Planning;

namespace Weir.Core.Tests.Planning;

/// <summary>Generators of fleets: plain ones, where theory says exactly what must come out, and wild ones with everything at once.</summary>
internal static class Fleets
{
    /// <summary>Unit weights, all workers active, room for all, owners anywhere or nowhere.</summary>
    internal static Gen<FleetSpec> Unit(int workersMax, int streamsMax, int capacityMax) =>
        from capacities in Gen.Int[1, capacityMax].Array[1, workersMax]
        from streams in Gen.Int[0, Math.Min(streamsMax, capacities.Sum())]
        from owners in Gen.Int[-1, capacities.Length - 1].Array[streams]
        select new FleetSpec([.. capacities.Select(c => new WorkerSpec(c))], [.. owners.Select(o => new StreamSpec(o))]);

    /// <summary>Weights of a few kinds, all workers active, room for all, owners anywhere or nowhere.</summary>
    internal static Gen<FleetSpec> Weighted(int workersMax, int streamsMax) => Weighted(workersMax, streamsMax, ownersFrom: -1);

    /// <summary>As <see cref="Weighted(int, int)"/>, and every stream has an owner.</summary>
    internal static Gen<FleetSpec> Owned(int workersMax, int streamsMax) => Weighted(workersMax, streamsMax, ownersFrom: 0);

    /// <summary>Everything there is: states, performances, pins, cool-downs, streams in flight and in quarantine, too little room.</summary>
    internal static Gen<FleetSpec> Wild(int workersMax, int streamsMax) =>
        from workers in Gen.Select(
            Gen.Double[1, 20],
            Among((7, WorkerState.Active), (1, WorkerState.Cordoned), (1, WorkerState.Draining), (1, WorkerState.Lost)),
            Among((1, 1.0), (1, 1.0), (1, 0.5), (1, 0.1)),
            (capacity, state, performance) => new WorkerSpec(capacity, state, performance)).Array[1, workersMax]
        from count in Gen.Int[0, streamsMax]
        from unit in Gen.Bool
        from weights in Weights(count)
        from streams in Gen.Select(
            Gen.Int[-1, workers.Length - 1],
            Gen.Int[-9 * workers.Length, workers.Length - 1].Select(w => Math.Max(w, -1)),
            Among((8, double.PositiveInfinity), (1, 10.0), (1, 100.0)),
            Among((15, false), (1, true)),
            Among((15, false), (1, true)),
            (owner, pin, moved, flying, quarantined) => new StreamSpec(owner, 1, pin, moved, flying && owner >= 0, quarantined)).Array[count]
        select new FleetSpec(workers, [.. streams.Zip(weights, (stream, weight) => stream with { Weight = unit ? 1 : weight })]);

    internal static readonly Gen<Policy> Policies = Gen.Select(
        Among((1, 0.0), (1, 0.025), (1, 0.05), (1, 0.1), (1, 0.5)),
        Among((1, 0.0), (1, 60.0)),
        Gen.Int[-15, 5].Select(n => Math.Max(n, -1)),
        Among((3, Levelling.Always), (2, Levelling.OutsideOuterBand), (1, Levelling.Never)),
        (band, coolDown, movesMax, levelling) => new Policy
        {
            Band = band,
            OuterBand = 2 * band + 0.05,
            CoolDownSeconds = coolDown,
            MovesMax = movesMax < 0 ? null : movesMax,
            Levelling = levelling,
        });

    internal static Gen<double> OneOf(params double[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>One of some values, each as often as its number says.</summary>
    private static Gen<T> Among<T>(params (int Often, T Value)[] values) =>
        Gen.Int[0, values.Sum(v => v.Often) - 1].Select(n =>
        {
            var i = 0;
            for (; n >= values[i].Often; i++)
                n -= values[i].Often;
            return values[i].Value;
        });

    private static Gen<FleetSpec> Weighted(int workersMax, int streamsMax, int ownersFrom) =>
        from workers in Gen.Int[1, workersMax]
        from equal in Gen.Bool
        from shares in Gen.Int[1, 3].Array[workers]
        from streams in Gen.Int[0, streamsMax]
        from weights in Weights(streams)
        from owners in Gen.Int[ownersFrom, workers - 1].Array[streams]
        select new FleetSpec(
            [.. shares.Select(share => new WorkerSpec((equal ? 2 : share) * (streams + 1)))],
            [.. owners.Zip(weights, (owner, weight) => new StreamSpec(owner, weight))]);

    private static Gen<double[]> Weights(int streams) =>
        Gen.Int[0, 3].SelectMany(kind => Weight(kind).Array[streams]);

    private static Gen<double> Weight(int kind) => kind switch
    {
        0 => Gen.Int[1, 40].Select(w => (double)w),
        1 => Gen.Double[0.001, 10],
        2 => Among((20, 1.0), (2, 17.0), (1, 400.0)),
        _ => Among((1, 0.0), (1, 0.1), (1, 0.7), (1, 1e-5), (1, 3.0)),
    };
}
