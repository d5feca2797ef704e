using System.CommandLine;
using Weir.Cli.Asking;
using Weir.Cli.Showing;
using Weir.Diagnostics.Api;

namespace Weir.Cli.Operating;

/// <summary>`weir rebalance`: what the planner would move now, or that it shall look now.</summary>
internal static class RebalanceVerb
{
    private const int MovesShownMax = 20;

    internal static Command Build(ApiVerb verbs)
    {
        var plan = new Option<bool>("--plan") { Description = "Shows what would be moved; nothing is" };
        var apply = new Option<bool>("--apply") { Description = "Has the fleet levelled now, as --plan shows it" };
        var pool = new Option<string?>("--pool") { Description = "Which pool; without it the default one", HelpName = "default" };
        var verb = verbs.Change("rebalance", "Levels the workers of a pool, or shows how", "weir rebalance --plan", call => RunAsync(call, call.Of(apply) && !call.IsDryRun, call.Of(pool)), plan, apply, pool);
        verb.Validators.Add(given =>
        {
            if (given.GetValue(plan) == given.GetValue(apply))
                given.AddError("Give one of --plan and --apply: to see what would be moved, or to have it moved");
        });
        return verb;
    }

    private static async Task<int> RunAsync(Call call, bool isMeant, string? pool)
    {
        var ofPool = pool is null ? "" : $"&pool={Uri.EscapeDataString(pool)}";
        var plan = await call.Api.SendAsync<RebalancePlan>(HttpMethod.Post, $"{ApiRoutes.Rebalance}?dryRun=true{ofPool}", body: null, KeyUse.IfThere, call.Cancel);
        if (!isMeant || !call.Show.IsJson)
            Print(call.Show, plan);
        if (!isMeant)
            return ExitCode.Ok;
        if (plan.Moves.Count > 0)
            call.Consent.Ask($"Have {Figures.Count(plan.Moves.Count, "stream")} moved now?");
        var accepted = await call.Api.ChangeAsync<Accepted>(HttpMethod.Post, $"{ApiRoutes.Rebalance}?dryRun=false{ofPool}", body: null, call.Cancel);
        if (call.Show.IsJson) call.Show.Json(accepted);
        call.Show.Words.WriteLine(accepted.Words);
        return ExitCode.Ok;
    }

    private static void Print(Show show, RebalancePlan plan)
    {
        if (show.IsJson)
        {
            show.Json(plan);
            return;
        }

        var after = plan.After.ToDictionary(level => level.Worker, StringComparer.Ordinal);
        show.Table(
            ["WORKER", "STREAMS", "AFTER", "LOAD", "AFTER"],
            plan.Before.Select(level => (IReadOnlyList<string>)
                [level.Worker, Figures.Number(level.Streams), Figures.Number(after[level.Worker].Streams), Figures.Percent(level.Load), Figures.Percent(after[level.Worker].Load)]),
            "No workers.");
        show.Line("");
        show.Table(
            ["STREAM", "FROM", "TO", "WHY"],
            plan.Moves.Take(MovesShownMax).Select(move => (IReadOnlyList<string>)[move.Stream, move.From, move.To, move.Reason]),
            plan.Report.Calm ? "Nothing to move: the workers are within their band." : "Nothing to move.");
        if (plan.Moves.Count > MovesShownMax)
            show.Line($"... and {Figures.Count(plan.Moves.Count - MovesShownMax, "move")} more: --json shows all");
        var proof = plan.Certificate;
        show.Line($"{Figures.Count(proof.Moves, "move")} (least possible {proof.MovesLowerBound}), {Figures.Count(proof.Placements, "placement")}, score {Figures.Number(proof.ScoreBefore)} -> {Figures.Number(proof.ScoreAfter)}{ExplainVerb.Makespan(proof)}");
        if (plan.Report.Delayed > 0)
            show.Line($"{Figures.Count(plan.Report.Delayed, "move")} put off: {string.Join(", ", plan.Report.Delays.GroupBy(delay => delay.Reason, StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}"))}");
        if (plan.Report.Unplaced > 0)
            show.Line($"{Figures.Count(plan.Report.Unplaced, "stream")} without an owner: {string.Join(", ", plan.Report.WithoutOwner.GroupBy(one => one.Reason, StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}"))}");
    }
}
