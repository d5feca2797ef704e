using System.CommandLine;
using Weir.Cli.Asking;
using Weir.Cli.Showing;
using Weir.Diagnostics.Api;

namespace Weir.Cli.Operating;

/// <summary>`weir explain`: why a stream is where it is.</summary>
internal static class ExplainVerb
{
    internal static Command Build(ApiVerb verbs)
    {
        var id = new Argument<string>("stream") { Description = "The stream's id" };
        return verbs.Read("explain", "Says why a stream is where it is, since when, what would make it move, who had it before, and the proof of the plan", "weir explain radio-17", async call =>
        {
            var explanation = await call.Api.GetAsync<StreamExplanation>(ApiRoutes.With(ApiRoutes.StreamExplain, call.Of(id)), call.Cancel);
            if (call.Show.IsJson) call.Show.Json(explanation);
            else Print(call.Show, explanation);
            return ExitCode.Ok;
        }, id);
    }

    private static void Print(Show show, StreamExplanation told)
    {
        var stream = told.Stream;
        show.Line($"{stream.Id} is {WorkerVerbs.Camel(stream.State.ToString())}{(stream.Worker is { } worker ? $" on {worker}" : "")} (pool {stream.Pool}, {stream.Class}, epoch {stream.Epoch}, weight {Figures.Number(stream.Load ?? stream.Weight)})");
        show.Line($"why     {told.Reason}: {told.Words}");
        show.Line($"since   {Figures.At(told.Since)}{(told.ForMs is { } span ? $", for {Figures.Span(span)}" : "")}");
        if (stream.Migration is { } migration)
            show.Line($"moving  {migration.State} from {migration.From ?? "?"} to {migration.To ?? "?"} since {Figures.At(migration.StartedAt)}");
        if (told.IfWorkerLeft is { } next)
            show.Line($"next    {next}, if its worker were emptied now");
        foreach (var condition in told.WouldMove)
            show.Line($"{(condition.Keeps ? "stays " : "moves ")}  {condition.Kind}: {condition.Words}");
        Owners(show, told.Owners);
        if (told.Plan is { } plan)
            Proof(show, plan);
    }

    private static void Owners(Show show, IReadOnlyList<OwnerEntry> owners)
    {
        if (owners.Count == 0) return;
        show.Line("");
        show.Table(
            ["OWNER", "EPOCH", "WHY", "FROM", "ASSIGNED", "RUNNING", "ENDED", "END"],
            owners.Select(owner => (IReadOnlyList<string>)
            [
                owner.Worker, Figures.Number(owner.Epoch), owner.Reason, owner.From ?? "-", Figures.At(owner.AssignedAt), Figures.At(owner.RunningAt), Figures.At(owner.EndedAt), owner.End ?? "-",
            ]),
            "");
    }

    /// <summary>What the plan's certificate proves, in two sentences.</summary>
    private static void Proof(Show show, PlanSummary plan)
    {
        var proof = plan.Certificate;
        show.Line("");
        show.Line($"plan    {plan.Id}, made {Figures.At(plan.MadeAt)} by {plan.MadeBy}: {Figures.Count(plan.Moves, "move")} (least possible {proof.MovesLowerBound}), {Figures.Count(plan.Placements, "placement")}");
        show.Line($"proof   score {Figures.Number(proof.ScoreBefore)} -> {Figures.Number(proof.ScoreAfter)}{Makespan(proof)}{(proof.BandReached is { } band ? $", band {Figures.Percent(band)} of {Figures.Percent(proof.BandAsked)}" : "")}");
    }

    internal static string Makespan(PlanCertificate proof) => proof.Makespan is { } highest
        ? $", highest level {Figures.Number(highest)}{(proof.MakespanLowerBound is { } least ? $" (least possible {Figures.Number(least)})" : "")}"
        : "";
}
