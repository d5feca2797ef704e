namespace Weir.Core.Planning;

/// <summary>
/// What to do with a pool: exact, so that carrying it out decides nothing. Placements come first, then the moves in their
/// order; after any number of them no worker is above its capacity and none stands higher than the highest did before.
/// </summary>
public sealed class Plan
{
    internal Plan(Move[] moves, Placement[] placements, Unplaced[] unplaced, Certificate certificate, PlanReport report)
    {
        Moves = moves;
        Placements = placements;
        Unplaced = unplaced;
        Certificate = certificate;
        Report = report;
    }

    /// <summary>Moves, the most useful first.</summary>
    public IReadOnlyList<Move> Moves { get; }

    /// <summary>New owners for streams that have none.</summary>
    public IReadOnlyList<Placement> Placements { get; }

    /// <summary>Streams that stay without an owner, ordered by stream.</summary>
    public IReadOnlyList<Unplaced> Unplaced { get; }

    /// <summary>The proof.</summary>
    public Certificate Certificate { get; }

    /// <summary>What it waits for and refused.</summary>
    public PlanReport Report { get; }
}
