namespace Weir.Core.Planning;

/// <summary>
/// Levels streams of different weights: into a band on both sides of each worker's share, by the best of several constructions.
/// It is repeated on its own result until that no longer gets nearer, so that planning the planned fleet moves nothing.
/// </summary>
internal static class WeightedLevelling
{
    /// <summary>Every pass leaves less outside the band than the one before; more than a few never helped.</summary>
    private const int PassesMax = 12;

    internal static Draft Run(Standing standing, Policy policy)
    {
        var draft = WeightedPass.Run(standing, policy);
        var whole = draft;
        for (var pass = 1; pass < PassesMax && whole.Outside > 0 && draft.Moves.Length > 0; pass++)
        {
            var after = Constraints.Apply(standing.Snapshot.After(whole.Placements, whole.Moves), policy);
            draft = WeightedPass.Run(after, policy);
            if (draft.Moves.Length == 0)
                break;
            whole = Both(standing, whole, draft);
        }

        return whole;
    }

    /// <summary>Two plans, one after the other, as one: a stream moved twice moves once, and one that came back not at all.</summary>
    private static Draft Both(Standing standing, Draft first, Draft second)
    {
        var last = new Dictionary<int, Move>();
        foreach (var move in first.Moves)
            last[move.Stream] = move;
        var placed = first.Placements.ToDictionary(placement => placement.Stream, placement => placement.To);
        foreach (var move in second.Moves)
        {
            if (placed.ContainsKey(move.Stream))
                placed[move.Stream] = move.To;
            else if (!last.TryGetValue(move.Stream, out var earlier))
                last[move.Stream] = move;
            else if (earlier.From == move.To)
                last.Remove(move.Stream);
            else
                last[move.Stream] = MoveReasons.Explain(standing.Snapshot, move.Stream, earlier.From, move.To, earlier.Reason);
        }

        second.Moves = [.. last.Values];
        second.Placements = Array.ConvertAll(first.Placements, placement => placement with { To = placed[placement.Stream] });
        second.Unplaced = first.Unplaced;
        return second;
    }
}
