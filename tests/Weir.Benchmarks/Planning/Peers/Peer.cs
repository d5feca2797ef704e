namespace Weir.Benchmarks.Planning.Peers;

/// <summary>Somebody who assigns streams: prepares its own form of the fleet outside the clock, then decides inside it.</summary>
internal abstract class Peer
{
    internal abstract string Name { get; }

    /// <summary>Whether it is worth asking at this size; a solver is not, on a million streams.</summary>
    internal virtual bool Takes(State state) => true;

    /// <summary>Prepares, and returns what is to be timed: the new owner of each stream.</summary>
    internal abstract Func<int[]> Prepare(State state, double band);

    internal static readonly Peer[] All =
        [new WeirPeer(), new KafkaSticky(), new SlicerMove(), new DicerRule(), new BoundedHash(), new AkkaLeastShard(), new OrToolsSolver()];
}
