namespace Weir.Core.Planning;

/// <summary>The weight each worker should end with, and the band round it that counts as level.</summary>
internal sealed class Edges
{
    /// <summary>Each worker's share of the weight.</summary>
    internal required double[] Wanted { get; init; }

    internal required double[] Low { get; init; }

    internal required double[] High { get; init; }

    /// <summary>Weight per unit of share if streams could be cut.</summary>
    internal required double Level { get; init; }

    /// <summary>No plan has a lower makespan.</summary>
    internal required double MakespanMin { get; init; }

    /// <summary>The band that is always within reach: one more stream of the heaviest kind on one worker.</summary>
    internal required double WithinReach { get; init; }

    internal static Edges Of(Board board, Policy policy, List<Delay> delays)
    {
        var standing = board.Standing;
        var floors = Monsters.Floors(board, policy.Band, delays);
        var ceilings = Ceilings(board);
        var level = WaterLevel.Find(standing.Share, floors, ceilings, board.Total);
        var wanted = new double[floors.Length];
        for (var w = 0; w < wanted.Length; w++)
            wanted[w] = Math.Max(floors[w], Math.Min(ceilings[w], standing.Share[w] * level));

        var bound = Bound(board);
        var (up, down) = policy.Band > 0 ? (policy.Band, policy.Band) : (0, Policy.LowEdgeAtLeast);
        var low = new double[floors.Length];
        var high = new double[floors.Length];
        for (var w = 0; w < wanted.Length; w++)
        {
            high[w] = Math.Max(wanted[w] * (1 + up), standing.Share[w] * bound);
            low[w] = wanted[w] * (1 - down);
        }

        return new Edges
        {
            Wanted = wanted,
            Low = low,
            High = high,
            Level = level,
            MakespanMin = bound,
            WithinReach = Reach(board),
        };
    }

    private static double Bound(Board board)
    {
        var shares = board.Share.Where(share => share > 0).ToArray();
        var heaviest = Heaviest.Of(board.Standing, MakespanBound.Rounds * shares.Length + 1);
        return MakespanBound.Of(shares, heaviest, board.Total - board.LoadWithoutShare(), board.Loads.Whole);
    }

    private static double Reach(Board board)
    {
        var active = board.Share.Count(share => share > 0);
        return board.Total > 0 ? (active - 1) * board.Loads.Heaviest / board.Total : 0;
    }

    private static double[] Ceilings(Board board)
    {
        var ceilings = new double[board.Share.Length];
        for (var w = 0; w < ceilings.Length; w++)
        {
            ceilings[w] = board.Share[w] <= 0 || board.Standing.Snapshot.States[w] == WorkerState.Cordoned
                ? board.Load[w]
                : double.PositiveInfinity;
        }

        return ceilings;
    }
}
