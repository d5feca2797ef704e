using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Configuration;

namespace Weir.Benchmarks.Planning.Peers;

/// <summary>As much of an Akka cluster as the strategy looks at: one node that has joined itself, and an actor for each region.</summary>
internal static class AkkaRegions
{
    private const string Settings = """
        akka.actor.provider = cluster
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        """;

    private static readonly Lazy<ActorSystem> Node = new(() =>
    {
        var system = ActorSystem.Create("peer", ConfigurationFactory.ParseString(Settings));
        var cluster = Cluster.Get(system);
        cluster.JoinAsync(cluster.SelfAddress).GetAwaiter().GetResult();
        return system;
    });

    internal static ActorSystem System => Node.Value;

    internal static IActorRef[] Of(int workers) =>
        [.. Enumerable.Range(0, workers).Select(_ => System.ActorOf(Props.Create(() => new Region())))];

    internal static IShardAllocationStrategy Strategy(ActorSystem system)
    {
        var strategy = ShardAllocationStrategy.LeastShardAllocationStrategy(absoluteLimit: int.MaxValue, relativeLimit: 1.0);
        (strategy as IStartableAllocationStrategy)?.Start();
        (strategy as IActorSystemDependentAllocationStrategy)?.Start(system);
        return strategy;
    }

    private sealed class Region : ReceiveActor;
}
