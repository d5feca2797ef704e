using System.Globalization;
using Weir.Cli.Dev.Reading;

namespace Weir.Cli.Dev.Showing;

/// <summary>Every worker with its level: a line each, then several in a line, and bands of levels where there are too many for that.</summary>
internal static class WorkerPanel
{
    internal const int SingleMax = 40;

    private const int NameMax = 10;
    private const int BandsMax = 10;
    private const int ColumnMin = 16;
    private const int BandWidth = 16;
    private const int StateWidth = 15;

    internal static void Draw(Paper paper, Scene scene, TimeSpan now, int rows)
    {
        var workers = scene.Workers;
        if (workers.Count == 0)
            paper.Line().Add("no worker yet", Ink.Faint);
        else if (workers.Count <= Math.Min(rows, SingleMax))
            Single(paper, scene, now);
        else if (workers.Count > SingleMax || paper.Width / ((workers.Count + rows - 1) / rows) < ColumnMin)
            Bands(paper, scene, rows);
        else
            Columns(paper, scene, rows);
    }

    // The bar's end is a full worker, or the fullest where one is above that.
    private static double Full(Scene scene) => Math.Max(1, scene.Workers.Max(worker => worker.Level));

    private static void Single(Paper paper, Scene scene, TimeSpan now)
    {
        var name = NameWidth(scene);
        var loads = scene.Workers.Select(Load).ToList();
        var (load, streams) = (loads.Max(text => text.Length), scene.Workers.Max(worker => Streams(worker).Length));
        var bar = Math.Max(10, paper.Width - name - 6 - load - streams - StateWidth - 5);
        foreach (var (worker, text) in scene.Workers.Zip(loads))
        {
            var line = paper.Line().Column(worker.Id, name, NameInk(worker)).Add(" ");
            Bar(line, worker, scene, bar);
            line.Column(Figures.Percent(worker.Level), 6, right: true).Add(" ").Column(text, load, Ink.Faint, right: true).Add(" ").Column(Streams(worker), streams, right: true);
            line.Add("  ").Add(State(worker, now), NameInk(worker));
        }
    }

    private static void Columns(Paper paper, Scene scene, int rows)
    {
        var columns = (scene.Workers.Count + rows - 1) / rows;
        var lines = (scene.Workers.Count + columns - 1) / columns;
        var (width, name) = (paper.Width / columns, Math.Min(6, NameWidth(scene)));
        for (var row = 0; row < lines; row++)
        {
            var line = paper.Line();
            for (var at = row; at < scene.Workers.Count; at += lines)
            {
                var worker = scene.Workers[at];
                line.To(at / lines * width).Column(worker.Id, name, NameInk(worker)).Add(" ");
                if (worker.Counts)
                    Bar(line, worker, scene, Math.Max(3, width - name - 8));
                else
                    line.Column(Word(worker.Standing), Math.Max(3, width - name - 8), NameInk(worker));
                line.Column(Figures.Percent(worker.Level), 5, right: true);
            }
        }
    }

    private static void Bands(Paper paper, Scene scene, int rows)
    {
        var counted = scene.Workers.Where(worker => worker.Counts).OrderBy(worker => worker.Level).ToList();
        if (counted.Count > 0)
            Bands(paper, counted, Math.Min(rows - 2, BandsMax));
        var others = scene.Workers.Where(worker => !worker.Counts).ToList();
        var rest = paper.Line().Add(others.Count == 0 ? "all of them are live" : $"{Figures.Plural(others.Count, "worker")} not taking streams: ", others.Count == 0 ? Ink.Faint : Ink.Warning);
        rest.Add(string.Join(", ", others.Select(worker => $"{worker.Id} {Word(worker.Standing)}")), Ink.Warning);
    }

    private static void Bands(Paper paper, List<WorkerView> counted, int bands)
    {
        var (lowest, highest) = (counted[0].Level, counted[^1].Level);
        var step = Math.Max(0.01, Math.Ceiling((highest - lowest) / bands * 100) / 100);
        var from = Math.Floor(lowest * 100) / 100;
        var groups = counted.GroupBy(worker => Math.Min(bands - 1, (int)((worker.Level - from) / step))).ToDictionary(group => group.Key, group => group.ToList());
        var most = groups.Values.Max(group => group.Count);
        for (var band = 0; band <= groups.Keys.Max(); band++)
        {
            var group = groups.GetValueOrDefault(band, []);
            var range = string.Create(CultureInfo.InvariantCulture, $"{(from + band * step) * 100:0}–{(from + (band + 1) * step) * 100:0} %");
            var bar = (paper.Width - BandWidth - 12) / 2;
            paper.Line().Column(range, 10, right: true).Add(" ").Column(Figures.Bar((double)group.Count / most, bar), bar, Ink.Water)
                .Column(group.Count.ToString(CultureInfo.InvariantCulture), 5, right: true).Add("  ").Add(string.Join(' ', group.Select(worker => worker.Id)), Ink.Faint);
        }

        var (low, middle, high) = (counted[0], counted[counted.Count / 2], counted[^1]);
        paper.Line().Add($"{Figures.Plural(counted.Count, "worker")}: lowest {low.Id} {Figures.Percent(low.Level)}, median {Figures.Percent(middle.Level)}, highest {high.Id} {Figures.Percent(high.Level)}", Ink.Strong);
    }

    private static void Bar(Line line, WorkerView worker, Scene scene, int columns)
    {
        var full = Full(scene);
        var bar = Figures.Bar(worker.Level / full, columns).PadRight(columns, '·');
        var (filled, target) = (bar.IndexOf('·', StringComparison.Ordinal), scene.Target is { } level ? Math.Clamp((int)Math.Round(level / full * columns), 0, columns - 1) : -1);
        filled = filled < 0 ? columns : filled;
        var ink = worker.Standing switch
        {
            WorkerStanding.Live => Ink.Water,
            WorkerStanding.Lost => Ink.Bad,
            _ => Ink.Warning,
        };
        for (var at = 0; at < columns;)
        {
            var end = at == target ? at + 1 : new[] { filled, target, columns }.Where(edge => edge > at).Min();
            if (at == target)
                line.Add("│", Ink.Strong);
            else
                line.Add(bar[at..end], at < filled ? ink : Ink.Faint);
            at = end;
        }
    }

    private static int NameWidth(Scene scene) => Math.Min(NameMax, scene.Workers.Max(worker => worker.Id.Length));

    private static string Load(WorkerView worker) => string.Create(CultureInfo.InvariantCulture, $"{worker.Load:0.0} of {worker.Capacity:0.##}");

    private static string Streams(WorkerView worker) => Figures.Plural(worker.Streams, "stream");

    private static Ink NameInk(WorkerView worker) => worker.Standing switch
    {
        WorkerStanding.Live => Ink.Plain,
        WorkerStanding.Lost => Ink.Bad,
        WorkerStanding.Left => Ink.Faint,
        _ => Ink.Warning,
    };

    private static string State(WorkerView worker, TimeSpan now) => worker.Standing != WorkerStanding.Live
        ? $"{Word(worker.Standing)} {Figures.Span(now - worker.Since)}"
        : (worker.Coming > 0 ? string.Create(CultureInfo.InvariantCulture, $"+{worker.Coming} ") : "") + (worker.Going > 0 ? string.Create(CultureInfo.InvariantCulture, $"-{worker.Going}") : "");

    private static string Word(WorkerStanding standing) => standing == WorkerStanding.Lost ? "LOST" : OwnershipTale.Words(standing.ToString());
}
