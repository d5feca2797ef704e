using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Weir.Benchmarks.Planning.Peers;

namespace Weir.Benchmarks.Planning;

/// <summary>
/// Prints the tables: every cell is measured in a process of its own, so that its peak of memory is its own, and every peer gets
/// the same fleet.
/// </summary>
internal static class Table
{
    /// <summary>The first word of a process that measures one cell.</summary>
    internal const string CellVerb = "cell";

    private const int TimeoutMs = 60_000;
    private const double Band = 0.05;
    private static readonly string[] Zipfs = ["zipf", "zipfjoin"];

    /// <summary>Measures one cell and writes it down for the process that prints the table.</summary>
    internal static int RunCell(string[] args)
    {
        if (args is not [var workers, var streams, var scenario, var peer, var band, var seed]) return 2;
        var cell = Measure.Cell(Number(workers), Number(streams), scenario, peer, double.Parse(band, CultureInfo.InvariantCulture), Number(seed));
        Console.WriteLine(JsonSerializer.Serialize(cell));
        return 0;
    }

    internal static int Run(bool isShort)
    {
        var dominated = new List<string>();
        foreach (var (w, s) in new[] { (6, 30), (10, 60), (100, 1000), (1000, 100_000), (10_000, 1_000_000) })
        {
            if (s == 1_000_000 && isShort)
                continue;
            Print(w, s, s < 1000 ? Scenarios.Weighted : [.. Scenarios.Unit, .. Scenarios.Weighted], dominated);
        }

        Surplus();
        Console.WriteLine(dominated.Count == 0 ? "Pareto: dominated by nobody" : string.Join('\n', dominated));
        return 0;
    }

    private static void Print(int workers, int streams, string[] scenarios, List<string> dominated)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n**{workers:N0} workers x {streams:N0} streams, band {Band:0%}** (median/least ms, moves/bound, max-min or makespan/bound and band reached, peak MB)\n"));
        Console.WriteLine($"| peer | {string.Join(" | ", scenarios)} |");
        Console.WriteLine($"|---|{string.Concat(scenarios.Select(_ => "---|"))}");
        var ours = new Dictionary<string, Cell>(StringComparer.Ordinal);
        foreach (var peer in Peer.All)
        {
            var row = scenarios.Select(scenario =>
            {
                var cell = InItsOwnProcess(workers, streams, scenario, peer.Name, Band, 0);
                if (cell is not null && peer is WeirPeer)
                    ours[scenario] = cell;
                else if (cell is not null && ours.TryGetValue(scenario, out var mine) && Dominates(cell, mine))
                    dominated.Add($"Pareto: at {workers} x {streams} {scenario}, {peer.Name} is nowhere worse and somewhere better");
                return Shown(cell, scenario);
            });
            Console.WriteLine($"| {peer.Name} | {string.Join(" | ", row)} |");
        }
    }

    /// <summary>At the same band: what never gets all workers into the band we reached answers another question.</summary>
    private static bool Dominates(Cell peer, Cell mine) =>
        peer.Band <= Math.Max(Band, mine.Band) + 1e-9
        && peer.Makespan <= mine.Makespan + 1e-9 && peer.Moves <= mine.Moves && peer.LeastMs <= mine.LeastMs
        && (peer.Makespan < mine.Makespan - 1e-9 || peer.Moves < mine.Moves || peer.LeastMs < mine.LeastMs);

    private static void Surplus()
    {
        Console.WriteLine("\n**100 x 1,000 weighted, mean of 10 fleets: moves, bound, least ms**\n");
        Console.WriteLine("| band | zipf | zipfjoin |\n|---|---|---|");
        foreach (var band in new[] { 0.10, 0.05, 0.025, 0.0 })
        {
            var row = Zipfs.Select(scenario =>
            {
                var cells = Enumerable.Range(0, 10).Select(seed => Measure.Cell(100, 1000, scenario, "weir", band, seed)).ToArray();
                return string.Create(CultureInfo.InvariantCulture, $"{cells.Average(c => c.Moves):0.0} / {cells.Average(c => c.Bound):0.0}, {cells.Average(c => c.LeastMs):0.00} ms, makespan x{cells.Max(c => c.Makespan):0.000}");
            });
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {band:0.0%} | {string.Join(" | ", row)} |"));
        }
    }

    private static Cell? InItsOwnProcess(int workers, int streams, string scenario, string peer, double band, int seed)
    {
        if (!Peer.All.Single(p => p.Name == peer).Takes(Scenarios.Start(scenario, workers, streams)))
            return null;
        string[] args = [CellVerb, Text(workers), Text(streams), scenario, peer, band.ToString(CultureInfo.InvariantCulture), Text(seed)];
        var start = new ProcessStartInfo(Environment.ProcessPath!, args) { UseShellExecute = false, RedirectStandardOutput = true };
        // Nothing but the plan is to use the cores.
        start.Environment["DOTNET_gcConcurrent"] = "0";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("the cell's process did not start");
        var text = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeoutMs))
        {
            process.Kill();
            return null;
        }

        return process.ExitCode == 0 ? JsonSerializer.Deserialize<Cell>(text.GetAwaiter().GetResult()) : null;
    }

    private static string Shown(Cell? cell, string scenario)
    {
        if (cell is null)
            return "-";
        var quality = Scenarios.Unit.Contains(scenario)
            ? string.Create(CultureInfo.InvariantCulture, $"Δ{cell.MaxMinusMin:0}")
            : string.Create(CultureInfo.InvariantCulture, $"x{cell.Makespan:0.000}, ±{cell.Band:0.0%}");
        var first = cell.FirstMs is { } ms ? string.Create(CultureInfo.InvariantCulture, $", first {ms:0} ms") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{cell.MedianMs:0.00}/{cell.LeastMs:0.00} ms, {cell.Moves}/{cell.Bound}, {quality}, {cell.PeakMb:0} MB{first}");
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
