using System.Globalization;
using Weir.Cli.Dev.Reading;
using Weir.Cli.Dev.Showing;

namespace Weir.Cli.Tests.Dev;

/// <summary>Fleets for pictures.</summary>
internal static class Scenes
{
    internal static readonly TimeSpan Now = TimeSpan.FromSeconds(83.4);

    internal static Stage Stage { get; } = new("http://127.0.0.1:8088", "in memory", "SQLite");

    /// <summary>Six level workers, nothing to worry about.</summary>
    internal static Scene Quiet { get; } = new()
    {
        Streams = new(120, 120, 0, 0, 0, 0),
        Workers = [.. Enumerable.Range(1, 6).Select(number => Worker(number, WorkerStanding.Live, number % 3 == 0 ? 43 : 29, number % 3 == 0 ? 25.9 : 17.2 + number / 10d, number % 3 == 0 ? 26 : 17))],
        Happenings = [new(TimeSpan.FromSeconds(4.1), HappeningKind.Good, "all 120 streams run on 6 workers, 4.1 s after the start"), new(TimeSpan.FromSeconds(3.2), HappeningKind.Good, "w6 has joined with capacity 43")],
        Version = 7,
        ReadAt = Now,
    };

    /// <summary>One worker crashed a moment ago, one is being drained, streams wait and move.</summary>
    internal static Scene Crash { get; } = Quiet with
    {
        Streams = new(120, 93, 6, 17, 1, 3),
        Workers =
        [
            Worker(1, WorkerStanding.Live, 29, 20.4, 20) with { Coming = 4 },
            Worker(2, WorkerStanding.Live, 29, 19.9, 19) with { Coming = 2, Going = 1 },
            Worker(3, WorkerStanding.Lost, 43, 0, 0) with { Since = Now - TimeSpan.FromSeconds(1.3) },
            Worker(4, WorkerStanding.Draining, 29, 9.5, 9) with { Since = Now - TimeSpan.FromSeconds(2), Going = 8 },
            Worker(5, WorkerStanding.Silent, 29, 17.7, 17) with { Since = Now - TimeSpan.FromSeconds(0.4) },
            Worker(6, WorkerStanding.Live, 43, 29.3, 29),
        ],
        Unowned = [.. Enumerable.Range(1, 17).Select(number => new UnownedView($"station-{number:000}", "w3 is lost", Now - TimeSpan.FromSeconds(1.3)))],
        Moves = [new("station-088", "w4", "w6", "worker draining", "releasing", Now - TimeSpan.FromSeconds(0.2)), new("station-090", "w4", "w1", "worker draining", "starting", Now - TimeSpan.FromSeconds(0.4))],
        Happenings =
        [
            new(TimeSpan.FromSeconds(82.1), HappeningKind.Bad, "w3 is lost: its streams go to others"), new(TimeSpan.FromSeconds(81.4), HappeningKind.Plain, "w4 is being drained"),
            new(TimeSpan.FromSeconds(81), HappeningKind.Warning, "w3 is silent: it gets nothing new"), new(TimeSpan.FromSeconds(40), HappeningKind.Move, "station-011  w1 → w6 in 0.3 s (imbalance)"), .. Quiet.Happenings,
        ],
    };

    /// <summary>So many workers that a line each has no room.</summary>
    internal static Scene Of(int workers) => Quiet with
    {
        Workers = [.. Enumerable.Range(1, workers).Select(number => number % 17 == 0
            ? Worker(number, WorkerStanding.Lost, 20, 0, 0)
            : Worker(number, WorkerStanding.Live, 20, 9 + number * 7 % 11 * 0.4, 11))],
    };

    private static WorkerView Worker(int number, WorkerStanding standing, double capacity, double load, int streams) =>
        new(string.Create(CultureInfo.InvariantCulture, $"w{number}"), standing, TimeSpan.FromSeconds(3), capacity, load, streams, 0, 0);
}
