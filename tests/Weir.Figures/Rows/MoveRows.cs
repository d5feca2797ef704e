using System.Diagnostics;
using Weir.Figures.Fleet;
using Weir.Figures.Ticks;

namespace Weir.Figures.Rows;

/// <summary>Streams move because somebody comes or goes in order.</summary>
internal static class MoveRows
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    public static async Task<IReadOnlyList<Figure>> DrainAsync(Stage stage, CancellationToken cancel)
    {
        var fleet = await stage.FleetAsync(new FleetSettings { StreamsEach = 50 }, cancel);
        var (gaps, gone) = (new List<double>(), new List<double>());
        for (var round = 0; round < stage.Rounds(5, 2); round++)
        {
            var victim = RealFleet.Worker(round + 1);
            var streams = await fleet.StreamsOfAsync(victim, cancel);
            var from = BootClock.Now;
            var begun = Stopwatch.GetTimestamp();
            fleet.Workers[victim].Terminate();
            await fleet.Workers[victim].EndsAsync(Bound, cancel);
            gone.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            await fleet.QuietAsync(Bound, cancel);
            await fleet.Ticks.ReachAsync(streams, BootClock.Now, Bound, cancel);
            gaps.AddRange(await fleet.Ticks.GapsAsync(streams, from, BootClock.Now, cancel));
            await fleet.AddWorkerAsync(victim, cancel);
            await fleet.LevelAsync(Bound, cancel);
        }

        var spread = new Spread(gaps);
        return
        [
            stage.Told("streams that were handed over", spread.Count),
            stage.Told("gap of a stream, p50, ms", spread.At(0.5) * 1000),
            stage.AtMost("gap of a stream, p99, ms", spread.At(0.99) * 1000, 500),
            stage.AtMost("gone after, s, the longest", gone.Max(), 10),
            .. await Verdict.FiguresAsync(stage, fleet, cancel),
        ];
    }

    // Streams that the earlier joins moved stay where they are for a minute: the whole fleet is one stream off level then.
    private static int StillCooling(int round) => round == 0 ? 0 : 2;

    public static async Task<IReadOnlyList<Figure>> JoinAsync(Stage stage, CancellationToken cancel)
    {
        var fleet = await stage.FleetAsync(new FleetSettings(), cancel);
        var (took, surplus, handovers) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < stage.Rounds(4, 2); round++)
        {
            var joiner = RealFleet.Worker(fleet.Settings.Workers + round + 1);
            var share = fleet.Streams.Count / (fleet.Settings.Workers + round + 1);
            var before = await fleet.Table.OwnersAsync(cancel);
            var (from, begun) = (BootClock.Now, Stopwatch.GetTimestamp());
            await fleet.AddWorkerAsync(joiner, cancel);
            await fleet.HoldsAsync(joiner, share - StillCooling(round), Bound, cancel);
            took.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            await fleet.QuietAsync(Bound, cancel);
            var moved = (await fleet.Table.OwnersAsync(cancel)).Where(one => before.TryGetValue(one.Key, out var was) && was.Worker != one.Value.Worker).Select(one => one.Key).ToList();
            surplus.Add(Math.Max(0, moved.Count - share));
            await fleet.Ticks.ReachAsync(moved, BootClock.Now, Bound, cancel);
            handovers.AddRange(await fleet.Ticks.HandoversAsync(moved, from, cancel));
        }

        var spread = new Spread(handovers);
        return
        [
            stage.AtMost("its fair share after, process start included, s", took.Max(), 10),
            stage.AtMost("moves above the least there could be", surplus.Max(), 0),
            stage.AtMost("migration, last tick to first tick, p50, ms", spread.At(0.5) * 1000, 100),
            stage.AtMost("migration, last tick to first tick, p99, ms", spread.At(0.99) * 1000, 500),
            .. await Verdict.FiguresAsync(stage, fleet, cancel),
        ];
    }
}
