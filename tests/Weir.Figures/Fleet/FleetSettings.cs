namespace Weir.Figures.Fleet;

/// <summary>What a fleet is made of.</summary>
internal sealed record FleetSettings
{
    public int Workers { get; init; } = 8;

    public int StreamsEach { get; init; } = 25;

    public int Registries { get; init; } = 2;

    public int Orchestrators { get; init; } = 2;

    /// <summary>Whether the streams' sink checks epochs.</summary>
    public bool Fenced { get; init; } = true;

    /// <summary>Whether the broker tells of queues that vanish.</summary>
    public bool HearsQueues { get; init; } = true;

    /// <summary>Whether the workers reach the broker through a proxy each, that can be cut.</summary>
    public bool Proxied { get; init; }

    /// <summary>Between two ticks of a stream.</summary>
    public int TickMs { get; init; } = 100;

    /// <summary>Stations with their addresses, in place of streams that tick.</summary>
    public IReadOnlyDictionary<string, Uri>? Stations { get; init; }

    public int Streams => Workers * StreamsEach;
}
