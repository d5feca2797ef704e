using System.Text.Json;
using Weir.Core.Planning;
using Weir.Diagnostics.Api;

namespace Weir.Diagnostics.Planning;

/// <summary>Plans as the API tells them.</summary>
internal static class PlanAnswers
{
    private const int ListedMax = 200;

    internal static RebalancePlan Rebalance(string pool, long version, PoolPlan made)
    {
        var (seen, plan) = (made.Pool, made.Plan);
        return new RebalancePlan(
            pool,
            version,
            [.. plan.Moves.Select(move => new PlannedMove(seen.Streams[move.Stream].Stream.Value, seen.Workers[move.From].Worker.Value, seen.Workers[move.To].Worker.Value, Camel(move.Reason)))],
            [.. plan.Placements.Select(placement => new PlannedPlacement(seen.Streams[placement.Stream].Stream.Value, seen.Workers[placement.To].Worker.Value))],
            Levels(seen, seen.Snapshot),
            Levels(seen, seen.Snapshot.After(plan)),
            Certificate(plan.Certificate),
            Notes(made));
    }

    /// <summary>How full each worker is under a snapshot of the pool.</summary>
    internal static IReadOnlyList<WorkerLevel> Levels(PoolSnapshot seen, Snapshot snapshot)
    {
        var (counts, weights) = (new int[snapshot.WorkerCount], new double[snapshot.WorkerCount]);
        var owners = snapshot.OwnerOf;
        for (var stream = 0; stream < owners.Length; stream++)
        {
            if (owners[stream] < 0) continue;
            counts[owners[stream]]++;
            weights[owners[stream]] += snapshot.WeightOf(stream);
        }

        return [.. seen.Workers.Select((worker, place) => new WorkerLevel(worker.Worker.Value, snapshot.CapacityOf(place), counts[place], weights[place], weights[place] / snapshot.CapacityOf(place)))];
    }

    internal static PlanCertificate Certificate(Certificate proof) => new(
        proof.Moves,
        proof.MovesLowerBound,
        proof.Placements,
        Told(proof.Makespan),
        Told(proof.MakespanLowerBound),
        proof.MaxMinusMin,
        proof.ScoreBefore,
        proof.ScoreAfter,
        proof.TargetScoreAfter,
        proof.BandAsked,
        Told(proof.BandReached));

    internal static PlanNotes Notes(PoolPlan made)
    {
        var (seen, report) = (made.Pool, made.Plan.Report);
        // One whose only worker is away is not planned at all; whoever looks for it looks among those without an owner.
        var unplaced = made.Plan.Unplaced.Select(one => new PlanUnplaced(seen.Streams[one.Stream].Stream.Value, Camel(one.Reason)))
            .Concat(seen.PinnedAway.Where(one => !one.HasOwner).Select(one => new PlanUnplaced(one.Row.Stream.Value, Camel(UnplacedReason.PinnedWorkerUnavailable))))
            .ToList();
        return new PlanNotes(
            report.Calm,
            seen.Waiting,
            report.Delays.Count,
            [.. report.Delays.Take(ListedMax).Select(delay => new PlanDelay(seen.Streams[delay.Stream].Stream.Value, delay.Worker >= 0 ? seen.Workers[delay.Worker].Worker.Value : null, Camel(delay.Reason)))],
            unplaced.Count,
            [.. unplaced.Take(ListedMax)]);
    }

    internal static string Camel<T>(T name)
        where T : struct, Enum => Camel(name.ToString());

    internal static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    // JSON has no infinity.
    private static double? Told(double level) => double.IsFinite(level) ? level : null;
}
