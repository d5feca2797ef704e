using MassTransit;
using Weir.Core.Identity;
using Weir.Core.Planning;
using Weir.Core.Sagas;

namespace Weir.Persistence.Rows;

/// <summary>Table <c>migrations</c>, written by Orchestrator alone: one move being carried out, or how it ended; the saga's instance.</summary>
public sealed class StoredMigration : IMarkedRow, SagaStateMachineInstance, ISagaVersion
{
    /// <summary>The key, and the saga's.</summary>
    public Guid CorrelationId { get; set; }

    /// <summary>Grows by one with each write; two writers of one version: one wins.</summary>
    public int Version { get; set; }

    /// <summary>The stream's pool.</summary>
    public required string Pool { get; init; }

    /// <summary>The stream that moves; at most one open migration a stream.</summary>
    public StreamId Stream { get; init; }

    /// <summary>The incarnation it leaves.</summary>
    public Incarnation Source { get; init; }

    /// <summary>The epoch it had there.</summary>
    public Epoch SourceEpoch { get; init; }

    /// <summary>The incarnation it goes to.</summary>
    public Incarnation Target { get; init; }

    /// <summary>The epoch it has there; 0 while Releasing.</summary>
    public Epoch TargetEpoch { get; set; }

    /// <summary>Where it stands.</summary>
    public MigrationState State { get; set; }

    /// <summary><see cref="State"/> by its name, as a state machine keeps it; no column of its own.</summary>
    public string CurrentState
    {
        get => State.ToString();
        set => State = Enum.Parse<MigrationState>(value);
    }

    /// <summary>How often the present question was asked again.</summary>
    public int Asked { get; set; }

    /// <summary>When to ask again, UTC on the database's clock.</summary>
    public DateTime Deadline { get; set; }

    /// <summary>Why the plan wanted it; at most 64 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>UTC on the database's clock.</summary>
    public DateTime StartedAt { get; init; }

    /// <summary>UTC on the database's clock; null while it is open.</summary>
    public DateTime? EndedAt { get; set; }

    /// <inheritdoc/>
    public ulong Changed { get; init; }

    /// <summary>When the stream was last moved by choice, on the database's clock, with this migration looked at too.</summary>
    /// <param name="earlier">What its other migrations say; null for none.</param>
    public TimeSpan? MovedAt(TimeSpan? earlier) => CoolDown.MovedAt(
        earlier,
        Enum.TryParse<MoveReason>(Reason, out var reason) ? reason : null,
        StartedAt - DateTime.UnixEpoch,
        EndedAt - DateTime.UnixEpoch);

    /// <summary>The row as the core decides on it.</summary>
    public MigrationRow ToRow() => new(Stream, Source, SourceEpoch, Target)
    {
        State = State,
        TargetEpoch = TargetEpoch,
        Asked = Asked,
        Deadline = Deadline - DateTime.UnixEpoch,
    };
}
