using Weir.Core.Identity;
using Weir.Core.Registration;

namespace Weir.Persistence.Rows;

/// <summary>Table <c>workers</c>, written by Registry alone: one row a worker by name, and what it said of itself when it registered.</summary>
public sealed class StoredWorker : IMarkedRow
{
    /// <summary>The key.</summary>
    public WorkerId Worker { get; init; }

    /// <summary>The newest incarnation; only grows.</summary>
    public Incarnation Newest { get; set; }

    /// <summary>The process that registered it, 1 to 64 characters.</summary>
    public required string Process { get; set; }

    /// <summary>Its latest registration that was taken, 1 upwards.</summary>
    public long Attempt { get; set; }

    /// <summary>The pool it is planned in, 1 to 64 characters.</summary>
    public required string Pool { get; set; }

    /// <summary>Units of weight it can carry, above 0.</summary>
    public double Capacity { get; set; }

    /// <summary>The worker software's version, for people to read; at most 64 characters.</summary>
    public string? Version { get; set; }

    /// <summary>A JSON object of names and values.</summary>
    public string Labels { get; set; } = "{}";

    /// <summary>An operator, or a stuck handler, keeps new streams away.</summary>
    public bool Cordoned { get; set; }

    /// <summary>It is being emptied.</summary>
    public bool Draining { get; set; }

    /// <summary>When its newest incarnation was registered, UTC on the database's clock.</summary>
    public DateTime RegisteredAt { get; set; }

    /// <inheritdoc/>
    public ulong Changed { get; init; }

    /// <summary>The row as the core decides on it.</summary>
    public WorkerRow ToRow() => new(Worker, Newest, Process, Attempt) { Cordoned = Cordoned, Draining = Draining };
}
