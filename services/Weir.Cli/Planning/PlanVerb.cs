using System.CommandLine;
using System.Diagnostics;
using Weir.Core.Planning;

namespace Weir.Cli.Planning;

/// <summary>`weir plan`: the planner on a file, without a cluster.</summary>
internal static class PlanVerb
{
    internal static Command Build(Terminal terminal)
    {
        var input = new Option<FileInfo?>("--input", "-i") { Description = "The fleet as JSON: workers, streams and policy", HelpName = "fleet.json" };
        var workers = new Option<FileInfo?>("--workers") { Description = "The workers as CSV: id,capacity[,state][,performance]", HelpName = "w.csv" };
        var streams = new Option<FileInfo?>("--streams") { Description = "The streams as CSV: id[,owner][,weight][,pinnedTo][,movedSecondsAgo][,quarantined]", HelpName = "s.csv" };
        var output = new Option<FileInfo?>("--output", "-o") { Description = "Writes the plan as JSON to this file too", HelpName = "plan.json" };
        var json = new Option<bool>("--json") { Description = "Prints the plan as JSON" };
        var lose = new Option<string[]>("--lose") { Description = "What if this worker is lost? May be given again", HelpName = "worker" };
        var join = new Option<string[]>("--join") { Description = "What if this worker comes? May be given again", HelpName = "id:capacity" };
        var drain = new Option<string[]>("--drain") { Description = "What if this worker is drained? May be given again", HelpName = "worker" };
        var band = NumberOption.Of("--band", "Half the width of the band for weighted streams, 0 to 1", 0.0, 1.0, "0.05");
        var verb = new Command("plan", "Plans a fleet from a file and proves the plan\n\n  weir plan --input fleet.json --lose w3 --json")
        {
            input, workers, streams, output, json, lose, join, drain, band,
        };
        verb.SetAction(parsed => Run(
            terminal,
            new Files(parsed.GetValue(input), parsed.GetValue(workers), parsed.GetValue(streams), parsed.GetValue(output)),
            new WhatIf(parsed.GetValue(lose) ?? [], parsed.GetValue(join) ?? [], parsed.GetValue(drain) ?? [], parsed.GetValue(band)),
            parsed.GetValue(json)));
        return verb;
    }

    private static int Run(Terminal terminal, Files files, WhatIf whatIf, bool json)
    {
        var given = whatIf.Apply(files.Read());
        var fleet = given.Build();
        var start = Stopwatch.GetTimestamp();
        var plan = Planner.Plan(fleet.Snapshot, given.Policy);
        var elapsed = Stopwatch.GetElapsedTime(start);

        if (files.Output is { } target)
        {
            using var file = new FileStream(target.FullName, FileMode.Create, FileAccess.Write);
            PlanJson.Write(file, fleet, plan, elapsed);
        }

        if (json || !terminal.IsPerson)
            PlanJson.Write(terminal.Data, fleet, plan, elapsed);
        else
            Picture.Draw(terminal, fleet, plan, elapsed);
        if (plan.Unplaced.Count == 0)
            return ExitCode.Ok;
        terminal.Words.WriteLine($"{plan.Unplaced.Count} streams have no worker after this plan; 'unplaced' in the output says why each.");
        return ExitCode.Unplaced;
    }
}
