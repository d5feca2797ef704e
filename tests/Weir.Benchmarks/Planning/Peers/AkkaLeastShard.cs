using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;

namespace Weir.Benchmarks.Planning.Peers;

/// <summary>Akka's own LeastShardAllocationStrategy from its package: rebalance rounds, each shard it stops allocated anew, until it is content.</summary>
internal sealed class AkkaLeastShard : Peer
{
    internal override string Name => "akka-least";

    /// <summary>Each allocation copies and scans all regions: past this it takes minutes.</summary>
    internal override bool Takes(State state) => state.Streams <= 10_000;

    internal override Func<int[]> Prepare(State state, double band)
    {
        var system = AkkaRegions.System;
        var regions = AkkaRegions.Of(state.Workers);
        var strategy = AkkaRegions.Strategy(system);
        var owned = regions.Select(_ => ImmutableList.CreateBuilder<string>()).ToArray();
        var orphans = new List<string>();
        for (var s = 0; s < state.Streams; s++)
        {
            var name = s.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (state.Owner[s] >= 0 && state.Live[state.Owner[s]])
                owned[state.Owner[s]].Add(name);
            else
                orphans.Add(name);
        }

        var start = Enumerable.Range(0, state.Workers).Where(w => state.Live[w])
            .ToImmutableDictionary(w => regions[w], w => (IImmutableList<string>)owned[w].ToImmutable());
        return () =>
        {
            var now = start;
            foreach (var shard in orphans)
                now = Allocate(strategy, now, shard);
            while (true)
            {
                var stopped = strategy.Rebalance(now, ImmutableHashSet<string>.Empty).GetAwaiter().GetResult();
                if (stopped.Count == 0)
                    break;
                foreach (var (region, shards) in now)
                    now = now.SetItem(region, shards.Where(s => !stopped.Contains(s)).ToImmutableList());
                foreach (var shard in stopped.Order(StringComparer.Ordinal))
                    now = Allocate(strategy, now, shard);
            }

            var owner = new int[state.Streams];
            var place = regions.Select((region, w) => (region, w)).ToDictionary(x => x.region, x => x.w);
            foreach (var (region, shards) in now)
            {
                foreach (var shard in shards)
                    owner[int.Parse(shard, System.Globalization.CultureInfo.InvariantCulture)] = place[region];
            }

            return owner;
        };
    }

    private static ImmutableDictionary<IActorRef, IImmutableList<string>> Allocate(
        IShardAllocationStrategy strategy, ImmutableDictionary<IActorRef, IImmutableList<string>> now, string shard)
    {
        var region = strategy.AllocateShard(ActorRefs.Nobody, shard, now).GetAwaiter().GetResult();
        return now.SetItem(region, now[region].Add(shard));
    }
}
