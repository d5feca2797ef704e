using System.Globalization;
using Spectre.Console;
using Weir.Core.Planning;

namespace Weir.Cli.Planning;

/// <summary>Draws a plan for a person: the levels before and after, the moves, and the proof in one line.</summary>
internal static class Picture
{
    private const int WorkersMax = 40;
    private const int MovesMax = 20;
    private const string Eighths = " ▏▎▍▌▋▊▉";

    internal static void Draw(Terminal terminal, Fleet fleet, Plan plan, TimeSpan elapsed)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal.Colour ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal.Colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(terminal.Data),
        });
        console.Profile.Width = terminal.Width;
        DrawLevels(console, fleet, plan, Math.Max(8, (terminal.Width - 44) / 2));
        DrawMoves(console, fleet, plan);
        console.MarkupLine($"[bold]{Markup.Escape(Proof(plan.Certificate))}[/]");
        console.MarkupLine(Markup.Escape(Figures(plan, elapsed)));
    }

    /// <summary>What the certificate says, in one sentence.</summary>
    internal static string Proof(Certificate certificate)
    {
        var moves = Plural(certificate.Moves, "move");
        var proof = certificate.Moves switch
        {
            0 => "0 moves: nothing has to be moved",
            _ when certificate.Moves == certificate.MovesLowerBound => $"{moves}, and no plan can do it with fewer",
            _ => $"{moves}; no plan can do it with fewer than {certificate.MovesLowerBound.ToString(CultureInfo.InvariantCulture)}",
        };
        return certificate.Placements == 0 ? proof : $"{proof}; {Plural(certificate.Placements, "placement")}";
    }

    private static string Figures(Plan plan, TimeSpan elapsed)
    {
        var c = plan.Certificate;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"highest level {c.Makespan:0.###} (least possible {c.MakespanLowerBound:0.###}), score {c.ScoreBefore:0.000} → {c.ScoreAfter:0.000}, band {c.BandReached:0.0%} of {c.BandAsked:0.0%}, planned in {elapsed.TotalMilliseconds:0.0} ms");
    }

    private static void DrawLevels(IAnsiConsole console, Fleet fleet, Plan plan, int width)
    {
        var before = Levels(fleet.Snapshot);
        var after = Levels(fleet.Snapshot.After(plan));
        var full = Math.Max(1, Math.Max(before.Max(), after.Max()));
        var table = new Table { Border = TableBorder.None };
        table.AddColumns("worker", "before", "", "after", "");
        // The workers that change most are the ones a person wants to see.
        var shown = Enumerable.Range(0, before.Length).OrderByDescending(w => Math.Abs(after[w] - before[w])).Take(WorkersMax).Order().ToArray();
        foreach (var w in shown)
        {
            table.AddRow(
                Markup.Escape(fleet.Workers[w].Value),
                $"[blue]{Bar(before[w] / full, width)}[/]",
                Percent(before[w]),
                $"[green]{Bar(after[w] / full, width)}[/]",
                Percent(after[w]));
        }

        console.Write(table);
        if (shown.Length < before.Length)
            console.MarkupLine($"… and {Plural(before.Length - shown.Length, "worker")} that change less");
        console.WriteLine();
    }

    private static void DrawMoves(IAnsiConsole console, Fleet fleet, Plan plan)
    {
        foreach (var move in plan.Moves.Take(MovesMax))
            console.MarkupLine(Markup.Escape($"{fleet.Streams[move.Stream]}  {fleet.Workers[move.From]} → {fleet.Workers[move.To]}  {PlanJson.Camel(move.Reason.ToString())}"));
        if (plan.Moves.Count > MovesMax)
            console.MarkupLine($"… and {Plural(plan.Moves.Count - MovesMax, "move")} more: --json shows all");
        if (plan.Moves.Count > 0)
            console.WriteLine();
    }

    private static double[] Levels(Snapshot snapshot)
    {
        var levels = new double[snapshot.WorkerCount];
        for (var s = 0; s < snapshot.StreamCount; s++)
        {
            if (snapshot.OwnerOf[s] is var owner and >= 0)
                levels[owner] += snapshot.WeightOf(s) / snapshot.CapacityOf(owner);
        }

        return levels;
    }

    private static string Bar(double part, int width)
    {
        var eighths = (int)Math.Round(Math.Clamp(part, 0, 1) * width * 8);
        var bar = new string('█', eighths / 8) + (eighths % 8 > 0 ? Eighths[eighths % 8] : "");
        return bar.PadRight(width);
    }

    private static string Percent(double level) => string.Create(CultureInfo.InvariantCulture, $"{level,6:0.0%}");

    private static string Plural(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");
}
