using Weir.Core.Identity;
using Weir.Core.Planning;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Planning;

namespace Weir.Diagnostics.Explaining;

/// <summary>What would make a stream move and what keeps it, from a plan made on the pool as it is.</summary>
internal static class WouldMove
{
    internal static IReadOnlyList<MoveCondition> Of(Explanation of, PoolRows rows)
    {
        var found = new List<MoveCondition>();
        var stream = of.Stream;
        if (stream.Migration is { } move) found.Add(new("migrating", false, $"It is on its way from {move.From ?? "its owner"} to {move.To ?? "another"} ({move.State})"));
        if (stream.State is StreamState.Paused or StreamState.Quarantined) found.Add(new("held", true, "It is held: resume it, and it is placed"));
        if (stream.PinnedTo is { } pin) found.Add(new("pinned", true, $"It is pinned to {pin}: no other worker may have it"));
        var plan = rows.Plan();
        var place = plan.Pool.PlaceOf(of.Id);
        if (place is { } at) AddPlanned(found, plan, at);
        if (rows.MovedAgo(of.Id) is { } ago && ago.TotalSeconds < plan.Policy.CoolDownSeconds)
            found.Add(new("coolingDown", true, $"It was moved {Math.Max(0, ago.TotalSeconds):0} s ago and stays {plan.Policy.CoolDownSeconds:0} s, unless its worker leaves"));
        if (stream.Worker is { } worker) AddWorker(found, of, plan, worker);
        return found;
    }

    /// <summary>Who would get it if its worker were emptied now.</summary>
    internal static string? IfWorkerLeft(Explanation of, PoolRows rows)
    {
        if (of.Stream.Worker is not { } name || of.Stream.Migration is not null) return null;
        var plan = rows.Plan(without: WorkerId.Parse(name));
        return plan.Pool.PlaceOf(of.Id) is { } place && Find(plan.Plan.Moves, place) is { } move ? plan.Pool.Workers[move.To].Worker.Value : null;
    }

    private static void AddPlanned(List<MoveCondition> found, PoolPlan plan, int place)
    {
        if (Find(plan.Plan.Moves, place) is { } move)
            found.Add(new("planned", false, $"A plan made now would move it to {plan.Pool.Workers[move.To].Worker} ({PlanAnswers.Camel(move.Reason)}); ask for a rebalance, or wait until the pool leaves its outer band"));
        foreach (var placement in plan.Plan.Placements.Where(one => one.Stream == place)) found.Add(new("placement", false, $"The next plan gives it to {plan.Pool.Workers[placement.To].Worker}"));
        foreach (var delay in plan.Plan.Report.Delays.Where(one => one.Stream == place)) found.Add(new(PlanAnswers.Camel(delay.Reason), true, $"A move of it is wanted and waits: {PlanAnswers.Camel(delay.Reason)}"));
        foreach (var unplaced in plan.Plan.Unplaced.Where(one => one.Stream == place)) found.Add(new(PlanAnswers.Camel(unplaced.Reason), true, $"No worker can take it: {PlanAnswers.Camel(unplaced.Reason)}"));
    }

    private static void AddWorker(List<MoveCondition> found, Explanation of, PoolPlan plan, string worker)
    {
        if (of.Worker is { Worker.Draining: true }) found.Add(new("workerDraining", false, $"{worker} is being emptied: it leaves as soon as there is room elsewhere"));
        var levels = PlanAnswers.Levels(plan.Pool, plan.Pool.Snapshot);
        var capacity = levels.Sum(level => level.Capacity);
        var share = capacity > 0 ? levels.Sum(level => level.Weight) / capacity : 0;
        if (levels.FirstOrDefault(level => level.Worker == worker) is { } mine && share > 0)
        {
            var off = (mine.Load / share) - 1;
            found.Add(new("outsideBand", false, FormattableString.Invariant(
                $"{worker} is at {mine.Load:P1} of its capacity, the pool at {share:P1}: {Math.Abs(off):P1} {(off >= 0 ? "above" : "below")} its share. Streams are moved by choice when a worker is more than {plan.Policy.OuterBand:P0} off")));
        }

        found.Add(new("workerLeaves", false, $"When {worker} is drained, stops or is lost it moves at once, whatever the bands and cool-downs say"));
    }

    private static Move? Find(IReadOnlyList<Move> moves, int stream)
    {
        foreach (var move in moves)
            if (move.Stream == stream)
                return move;
        return null;
    }
}
