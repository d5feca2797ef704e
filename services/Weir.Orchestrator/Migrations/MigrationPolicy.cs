using Weir.Bus.Endpoints;

namespace Weir.Orchestrator.Migrations;

/// <summary>The queue that a migration's events go through: this service's own, nobody else writes to it.</summary>
internal static class MigrationPolicy
{
    internal static EndpointPolicy Endpoint { get; } = EndpointPolicy.Of("orchestrator", "migrations", RetryLadder.Standard);

    /// <summary>Where to send.</summary>
    internal static Uri Address { get; } = new($"exchange:{Endpoint.Queue}");
}
