namespace Weir.Testing.Servers;

/// <summary>The files that a broker of either kind is given.</summary>
internal static class BrokerFiles
{
    /// <summary>Management for scopes and facts; the event exchange tells who came and went.</summary>
    public const string EnabledPlugins = "[rabbitmq_management,rabbitmq_event_exchange].\n";

    /// <summary>The lines by which nodes of these names find one another; none for a node that stays alone.</summary>
    public static string Cluster(IReadOnlyList<string> peers) => peers.Count == 0
        ? ""
        : "cluster_formation.peer_discovery_backend = classic_config\n" +
            string.Concat(peers.Select((peer, i) => $"cluster_formation.classic_config.nodes.{i + 1} = {peer}\n"));
}
