using Weir.Core.Identity;

namespace Weir.Core.Assignments;

/// <summary>
/// Who runs a stream: one row a stream, written by Orchestrator alone and never deleted while its epoch could come back. A row whose
/// owner is fenced keeps naming it until another may start: only then is nobody left who could act.
/// </summary>
/// <param name="Stream">The row's key.</param>
public readonly record struct AssignmentRow(StreamId Stream)
{
    /// <summary>The epoch granted last. Only grows.</summary>
    public Epoch Epoch { get; init; }

    /// <summary>The worker it was granted to last.</summary>
    public WorkerId Worker { get; init; }

    /// <summary>The incarnation it was granted to last.</summary>
    public Incarnation Incarnation { get; init; }

    /// <summary>Where it stands.</summary>
    public AssignmentState State { get; init; }

    /// <summary>Why nobody owns it; meaningful while <see cref="State"/> is Unowned.</summary>
    public UnownedReason Reason { get; init; }

    /// <summary>Why it is to have no owner.</summary>
    public StreamHold Hold { get; init; }

    /// <summary>Whether its sink checks epochs.</summary>
    public StreamClass Class { get; init; }

    /// <summary>How much longer than a lease its owner may go on when cut off; granted with the stream.</summary>
    public TimeSpan LocalModeFor { get; init; }

    /// <summary>A migration is carrying it: its deadlines are the saga's.</summary>
    public bool Migrating { get; init; }

    /// <summary>When to ask again, on the database's clock. It asks; it never grants.</summary>
    public TimeSpan Deadline { get; init; }

    /// <summary>How often it was asked since the state began.</summary>
    public int Asked { get; init; }

    /// <summary>How often its handler ended by itself since <see cref="FailingSince"/>.</summary>
    public int Failures { get; init; }

    /// <summary>When the first of those was, on the database's clock.</summary>
    public TimeSpan FailingSince { get; init; }

    /// <summary>Whether this incarnation and epoch are the ones the row grants.</summary>
    public bool IsGrantedTo(Incarnation incarnation, Epoch epoch) => Incarnation == incarnation && Epoch == epoch && State != AssignmentState.Unowned;
}
