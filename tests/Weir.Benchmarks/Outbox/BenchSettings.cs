namespace Weir.Benchmarks.Outbox;

/// <summary>One variant of the same service.</summary>
internal sealed record BenchSettings(string Name, string Postgres, Uri Broker)
{
    /// <summary>Rows ride with messages; else the row is saved and the message published after it.</summary>
    public bool HasOutbox { get; init; } = true;

    public bool Delivers { get; init; } = true;

    public bool HasWork { get; init; }

    public bool HasBatches { get; init; }

    public bool HasBeats { get; init; }

    /// <summary>Whether this one hears the events.</summary>
    public bool Hears { get; init; } = true;
}
