namespace Weir.Bus.Endpoints;

/// <summary>What kind of queue an endpoint has on the broker.</summary>
public enum QueueKind
{
    /// <summary>Shared by all replicas, survives the broker: quorum, durable.</summary>
    Work,

    /// <summary>One process's own: exclusive, gone with the process's connection.</summary>
    Own,
}
