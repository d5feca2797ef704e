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
        var (rests, gaps, gone) = (new List<double>(), new List<double>(), new List<double>());
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
            rests.AddRange(await fleet.Ticks.HandoversAsync(streams, from, cancel));
            await fleet.AddWorkerAsync(victim, cancel);
            await fleet.LevelAsync(Bound, cancel);
        }

        var (rest, gap) = (new Spread(rests), new Spread(gaps));
        return
        [
            stage.Told("streams that were handed over", rest.Count),
            stage.AtMost("gap of a stream, handler's end to handler's start, p50, ms", rest.At(0.5) * 1000, 100),
            stage.AtMost("gap of a stream, handler's end to handler's start, p99, ms", rest.At(0.99) * 1000, 500),
            stage.Told("the same from tick to tick, each 100 ms, p99, ms", gap.At(0.99) * 1000),
            stage.AtMost("gone after, s, the longest", gone.Max(), 10),
            .. await Verdict.FiguresAsync(stage, fleet, cancel),
        ];
    }

    public static async Task<IReadOnlyList<Figure>> JoinAsync(Stage stage, CancellationToken cancel)
    {
        var fleet = await stage.FleetAsync(new FleetSettings(), cancel);
        var (took, surplus, handovers) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < stage.Rounds(4, 1); round++)
        {
            // What was moved before, by the fleet's own start too, stays where it is for a minute.
            await BootClock.PassAsync(TimeSpan.FromSeconds(61), cancel);
            var joiner = RealFleet.Worker(fleet.Settings.Workers + round + 1);
            var share = fleet.Streams.Count / (fleet.Settings.Workers + round + 1);
            var before = await fleet.Table.OwnersAsync(cancel);
            var (from, begun) = (BootClock.Now, Stopwatch.GetTimestamp());
            await fleet.AddWorkerAsync(joiner, cancel);
            await fleet.HoldsAsync(joiner, share, Bound, cancel);
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
            stage.AtMost("migration to a process that has just started, p50, ms", spread.At(0.5) * 1000, 100),
            stage.AtMost("migration to a process that has just started, p99, ms", spread.At(0.99) * 1000, 500),
            .. await Verdict.FiguresAsync(stage, fleet, cancel),
        ];
    }
}
