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
        var (fleet, plan) = (made.Fleet, made.Plan);
        return new RebalancePlan(
            pool,
            version,
            [.. plan.Moves.Select(move => new PlannedMove(fleet.Streams[move.Stream].Value, fleet.Workers[move.From].Value, fleet.Workers[move.To].Value, Camel(move.Reason)))],
            [.. plan.Placements.Select(placement => new PlannedPlacement(fleet.Streams[placement.Stream].Value, fleet.Workers[placement.To].Value))],
            Levels(fleet, fleet.Snapshot),
            Levels(fleet, fleet.Snapshot.After(plan)),
            Certificate(plan.Certificate),
            Notes(made));
    }

    /// <summary>How full each worker is under a snapshot of the fleet.</summary>
    internal static IReadOnlyList<WorkerLevel> Levels(Fleet fleet, Snapshot snapshot)
    {
        var (counts, weights) = (new int[snapshot.WorkerCount], new double[snapshot.WorkerCount]);
        var owners = snapshot.OwnerOf;
        for (var stream = 0; stream < owners.Length; stream++)
        {
            if (owners[stream] < 0) continue;
            counts[owners[stream]]++;
            weights[owners[stream]] += snapshot.WeightOf(stream);
        }

        return [.. fleet.Workers.Select((worker, place) => new WorkerLevel(worker.Value, snapshot.CapacityOf(place), counts[place], weights[place], weights[place] / snapshot.CapacityOf(place)))];
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
        var (fleet, report, unplaced) = (made.Fleet, made.Plan.Report, made.Plan.Unplaced);
        return new PlanNotes(
            report.Calm,
            made.Waiting,
            report.Delays.Count,
            [.. report.Delays.Take(ListedMax).Select(delay => new PlanDelay(fleet.Streams[delay.Stream].Value, delay.Worker >= 0 ? fleet.Workers[delay.Worker].Value : null, Camel(delay.Reason)))],
            unplaced.Count,
            [.. unplaced.Take(ListedMax).Select(one => new PlanUnplaced(fleet.Streams[one.Stream].Value, Camel(one.Reason)))]);
    }

    internal static string Camel<T>(T name)
        where T : struct, Enum => Camel(name.ToString());

    internal static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    // JSON has no infinity.
    private static double? Told(double level) => double.IsFinite(level) ? level : null;
}
