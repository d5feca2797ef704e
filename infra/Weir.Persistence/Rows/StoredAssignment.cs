using Weir.Core.Assignments;
using Weir.Core.Identity;

namespace Weir.Persistence.Rows;

/// <summary>Table <c>assignments</c>, written by Orchestrator alone: who runs a stream. Rows outlive their owners; a lost owner is a state.</summary>
public sealed class StoredAssignment : IMarkedRow
{
    /// <summary>The key.</summary>
    public StreamId Stream { get; init; }

    /// <summary>The stream's pool, so that a pool is read without the catalogue.</summary>
    public required string Pool { get; set; }

    /// <summary>The epoch granted last; only grows. With <see cref="State"/> it guards every write.</summary>
    public Epoch Epoch { get; set; }

    /// <summary>The worker it was granted to last; null when it never was.</summary>
    public WorkerId? Worker { get; set; }

    /// <summary>The incarnation it was granted to last.</summary>
    public Incarnation Incarnation { get; set; }

    /// <summary>Where it stands.</summary>
    public AssignmentState State { get; set; }

    /// <summary>Why nobody owns it; meaningful while Unowned.</summary>
    public UnownedReason Reason { get; set; }

    /// <summary>Why it is to have no owner.</summary>
    public StreamHold Hold { get; set; }

    /// <summary>Whether its sink checks epochs.</summary>
    public StreamClass Class { get; set; }

    /// <summary>Granted with the stream, in whole milliseconds.</summary>
    public TimeSpan LocalModeFor { get; set; }

    /// <summary>A migration is carrying it.</summary>
    public bool Migrating { get; set; }

    /// <summary>When to ask again, UTC on the database's clock.</summary>
    public DateTime Deadline { get; set; }

    /// <summary>How often it was asked since the state began.</summary>
    public int Asked { get; set; }

    /// <summary>How often its handler ended by itself since <see cref="FailingSince"/>.</summary>
    public int Failures { get; set; }

    /// <summary>When the first of those was, UTC on the database's clock.</summary>
    public DateTime FailingSince { get; set; }

    /// <inheritdoc/>
    public ulong Changed { get; init; }

    /// <summary>The row as the core decides on it; instants become time since 1970-01-01.</summary>
    public AssignmentRow ToRow() => new(Stream)
    {
        Epoch = Epoch,
        Worker = Worker ?? default,
        Incarnation = Incarnation,
        State = State,
        Reason = Reason,
        Hold = Hold,
        Class = Class,
        LocalModeFor = LocalModeFor,
        Migrating = Migrating,
        Deadline = Deadline - DateTime.UnixEpoch,
        Asked = Asked,
        Failures = Failures,
        FailingSince = FailingSince - DateTime.UnixEpoch,
    };
}
