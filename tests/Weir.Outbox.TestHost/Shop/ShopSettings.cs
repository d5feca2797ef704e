using Weir.Outbox.TestHost.Faults;

namespace Weir.Outbox.TestHost.Shop;

/// <summary>What a shop runs on and which of its parts run. Goes to a child process as JSON.</summary>
public sealed record ShopSettings
{
    /// <summary>A PostgreSQL connection string; null is SQLite.</summary>
    public string? Postgres { get; init; }

    /// <summary>A SQLite file's connection string.</summary>
    public string? Sqlite { get; init; }

    /// <summary>A broker with its virtual host; null is the in-memory transport.</summary>
    public Uri? Broker { get; init; }

    public string Lane { get; init; } = "shop";

    /// <summary>Whether it takes messages.</summary>
    public bool Consumes { get; init; } = true;

    /// <summary>Whether it delivers its rows.</summary>
    public bool Delivers { get; init; } = true;

    /// <summary>Whether orders are taken a batch at a time.</summary>
    public bool Batches { get; init; }

    public ConcurrencyMode Concurrency { get; init; } = ConcurrencyMode.Optimistic;

    public int Prefetch { get; init; } = 32;

    /// <summary>Of the safety net, in milliseconds.</summary>
    public int QueryDelayMs { get; init; } = 1000;

    public int DeliveryLimit { get; init; } = 64;

    public FaultPoint FaultPoint { get; init; }

    public FaultAct FaultAct { get; init; }

    /// <summary>The fault comes at the so manieth time its point is passed; 1 is the first.</summary>
    public int FaultAt { get; init; } = 1;

    /// <summary>Orders the child makes outside consumers, one scope each, once it is up.</summary>
    public int Orders { get; init; }
}
