namespace Weir.Core.Planning;

/// <summary>
/// Levels streams of different weights: into a band on both sides of each worker's share, by the best of several constructions.
/// It is repeated on its own result until that no longer gets nearer, so that planning the planned fleet moves nothing.
/// </summary>
internal static class WeightedLevelling
{
    /// <summary>Every pass leaves less outside the band than the one before; more than a few never helped.</summary>
    private const int PassesMax = 20;

    internal static Draft Run(Standing standing, Policy policy)
    {
        var first = WeightedPass.Run(standing, policy);
        var whole = first.Draft;
        MoveOrder.MakeEachPrefixSafe(standing, whole);
        for (var pass = 1; pass < PassesMax && whole.Outside > 0 && !whole.Calm; pass++)
        {
            var after = Constraints.Apply(standing.Snapshot.After(whole.Placements, whole.Moves), policy);
            var next = WeightedPass.Run(after, policy).Draft;
            MoveOrder.MakeEachPrefixSafe(after, next);
            if (next.Moves.Length == 0 && next.Placements.Length == 0)
                break;
            whole = Both(standing, whole, next);
            // As one: what the later one found free may not be free yet when all begins.
            MoveOrder.MakeEachPrefixSafe(standing, whole);
        }

        // With a pin left out, the fleet the bound starts from was never reached: nothing is claimed then.
        var pinned = whole.Moves.Count(move => move.Reason == MoveReason.Manual) == standing.Pins.Count
            && standing.PinnedPlacements.Count == standing.PinnedPlacements.Intersect(whole.Placements).Count();
        whole.MovesMin = pinned ? MoveBound.Of(first.Start, Ends(first.Start, whole), whole, policy, first.Edges) : 0;
        whole.Dropped = 0;
        return whole;
    }

    /// <summary>Two plans, one after the other, as one: a stream moved twice moves once, and one that came back not at all.</summary>
    private static Draft Both(Standing standing, Draft first, Draft second)
    {
        var moves = new Dictionary<int, Move>();
        foreach (var move in first.Moves)
            moves[move.Stream] = move;
        var placed = new Dictionary<int, int>();
        foreach (var placement in first.Placements.Concat(second.Placements))
            placed[placement.Stream] = placement.To;
        foreach (var move in second.Moves)
        {
            if (placed.ContainsKey(move.Stream))
                placed[move.Stream] = move.To;
            else if (!moves.TryGetValue(move.Stream, out var earlier))
                moves[move.Stream] = move;
            else if (earlier.From == move.To)
                moves.Remove(move.Stream);
            else
                moves[move.Stream] = MoveReasons.Explain(standing.Snapshot, move.Stream, earlier.From, move.To, earlier.Reason);
        }

        second.Moves = [.. first.Moves.Concat(second.Moves).Select(m => m.Stream).Distinct().Where(moves.ContainsKey).Select(s => moves[s])];
        second.Placements = [.. placed.Select(at => new Placement(at.Key, at.Value))];
        return second;
    }

    private static double[] Ends(Board start, Draft draft)
    {
        var loads = (double[])start.Loads.Of.Clone();
        var pins = start.Standing.Pins.Count;
        var pinned = start.Standing.PinnedPlacements.Select(p => p.Stream).ToHashSet();
        var pinMoves = start.Standing.Pins.Select(m => m.Stream).ToHashSet();
        foreach (var placement in draft.Placements)
        {
            if (!pinned.Contains(placement.Stream))
                loads[placement.To] += start.Weights[placement.Stream];
        }

        foreach (var move in draft.Moves)
        {
            if (pins > 0 && pinMoves.Contains(move.Stream))
                continue;
            loads[move.From] -= start.Weights[move.Stream];
            loads[move.To] += start.Weights[move.Stream];
        }

        return loads;
    }
}
