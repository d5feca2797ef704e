using System.Data;

namespace Weir.Persistence.Resilience;

/// <summary>What a unit of work is, for logs and counters, and how it is run.</summary>
/// <param name="Operation">A constant such as <c>leases.renew</c>: it becomes a metric's label, so it names no ids.</param>
public sealed record DatabaseCall(string Operation)
{
    /// <summary>Ties log entries together; by default the trace id of the current activity.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Which connections.</summary>
    public DatabaseLane Lane { get; init; } = DatabaseLane.Main;

    /// <summary>How much of other transactions it sees. SQLite serialises whatever is asked.</summary>
    public IsolationLevel Isolation { get; init; } = IsolationLevel.ReadCommitted;

    /// <summary>It only reads: nothing is committed, so no commit can get lost.</summary>
    public bool ReadsOnly { get; init; }

    /// <summary>A name is enough of a call.</summary>
    public static implicit operator DatabaseCall(string operation) => new(operation);

    /// <summary>The same as the conversion.</summary>
    public static DatabaseCall FromString(string operation) => new(operation);
}
