using Weir.Core.Invariants;

namespace Weir.Core.Planning;

/// <summary>
/// Levels streams of one weight: exactly, with the fewest moves there can be. O(streams + workers log workers + moves), and no
/// array of the fleet's size beside the owners.
/// </summary>
internal static class UnitLevelling
{
    internal static Draft Run(Standing standing, Policy policy)
    {
        var room = 0L;
        for (var w = 0; w < standing.Limit.Length; w++)
            room += standing.Limit[w] - standing.Count[w];
        var placed = (int)Math.Clamp(room, 0, standing.Orphans);

        var box = UnitBox.Of(standing.Share, standing.Floor, standing.Limit, standing.Count, placed);
        var isCalm = false;
        if (policy.Levelling != Levelling.Always)
        {
            var calm = UnitBox.Of(standing.Share, CalmFloor(standing), standing.Limit, standing.Count, placed);
            if (policy.Levelling == Levelling.Never || !Gate.OpensFor(standing, policy, calm.Target, box))
                (box, isCalm) = (calm, true);
        }

        Invariant.Holds(
            box.Target.Sum(n => (long)n) == standing.Count.Sum(n => (long)n) + placed,
            "plan-conserves",
            $"targets [{string.Join(' ', box.Target)}] for [{string.Join(' ', standing.Count)}] and {placed} to place, limits [{string.Join(' ', standing.Limit)}], floors [{string.Join(' ', standing.Floor)}], low [{string.Join(' ', box.Low)}] high [{string.Join(' ', box.High)}] level {box.Level}");
        var draft = new Draft { Calm = isCalm, Unplaced = standing.Unplaced, Delays = standing.Delays };
        var places = new UnitQueue(standing, box, sources: false);
        var sources = new UnitQueue(standing, box, sources: true);
        var picked = Pick(standing, sources.PerWorker, placed, draft);
        Deal(standing, draft, places.Sort(), sources.Sort(), picked, placed);
        Bounds(standing, draft, box);
        return draft;
    }

    /// <summary>Nobody gives by choice: everybody keeps what it has, up to its limit.</summary>
    private static int[] CalmFloor(Standing standing)
    {
        var floor = new int[standing.Count.Length];
        for (var w = 0; w < floor.Length; w++)
        {
            var keeps = standing.Share[w] > 0 ? standing.Count[w] : 0;
            floor[w] = Math.Min(standing.Limit[w], Math.Max(standing.Floor[w], keeps));
        }

        return floor;
    }

    /// <summary>One pass over the fleet: which streams leave each source, and which without an owner are placed; by id.</summary>
    private static Picked Pick(Standing standing, int[] takes, int placed, Draft draft)
    {
        var owners = standing.Snapshot.Owners;
        var picked = new Picked(takes, placed);
        var wanted = new bool[takes.Length + 1];
        wanted[0] = standing.Orphans > 0;
        for (var w = 0; w < takes.Length; w++)
            wanted[w + 1] = takes[w] > 0 || (!standing.IsLive(w) && standing.Orphans > 0);

        var left = picked.Total + (standing.Orphans - placed);
        for (var s = 0; s < owners.Length && left > 0; s++)
        {
            var owner = owners[s];
            if (!wanted[unchecked(owner + 1)] || standing.HeldStreams.Has(s))
                continue;
            if (owner >= 0 && standing.IsLive(owner))
                wanted[owner + 1] = picked.TakeFrom(owner, s);
            else if (!picked.TakeOrphan(s))
                draft.Unplaced.Add(new Unplaced(s, UnplacedReason.NoRoom));
            left--;
        }

        return picked;
    }

    /// <summary>The coldest places go to streams without an owner, the others to the hottest sources: each move is as useful as can be.</summary>
    private static void Deal(Standing standing, Draft draft, int[] places, int[] sources, Picked picked, int placed)
    {
        var snapshot = standing.Snapshot;
        var pins = standing.PinnedPlacements.Count;
        var placements = new Placement[placed + pins];
        standing.PinnedPlacements.CopyTo(placements);
        for (var i = 0; i < placed; i++)
            placements[pins + i] = new Placement(picked.Orphan(i), places[i]);

        var byCapacity = ByCapacity(standing, placed);
        var moves = new Move[standing.Pins.Count + sources.Length];
        standing.Pins.CopyTo(moves);
        for (var i = 0; i < sources.Length; i++)
        {
            var from = sources[i];
            var to = places[placed + i];
            var reason = MoveReasons.Of(standing, from, to, standing.Count[from], byCapacity);
            moves[standing.Pins.Count + i] = MoveReasons.Explain(snapshot, picked.NextFrom(from), from, to, reason);
        }

        (draft.Placements, draft.Moves) = (placements, moves);
    }

    private static double ByCapacity(Standing standing, int placed)
    {
        var capacity = 0.0;
        double total = placed;
        for (var w = 0; w < standing.Count.Length; w++)
        {
            total += standing.Count[w];
            capacity += standing.Share[w] > 0 ? standing.Snapshot.Capacities[w] : 0;
        }

        return capacity > 0 ? total / capacity : 0;
    }

    private static void Bounds(Standing standing, Draft draft, UnitBox box)
    {
        var weight = standing.Snapshot.UnitWeight;
        draft.MovesMin = box.MovesMin + standing.Pins.Count;
        draft.MakespanMin = box.Makespan * weight;
        draft.Wanted = Array.ConvertAll(standing.Share, share => share * box.Level * weight);
        draft.Low = Array.ConvertAll(box.Low, n => n * weight);
        draft.High = Array.ConvertAll(box.High, n => n * weight);
        for (var w = 0; w < draft.Wanted.Length; w++)
            draft.Wanted[w] = Math.Clamp(draft.Wanted[w], standing.Floor[w] * weight, standing.Limit[w] * weight);
    }
}
