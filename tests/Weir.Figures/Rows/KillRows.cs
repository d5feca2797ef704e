using Weir.Figures.Fleet;
using Weir.Figures.Ticks;

namespace Weir.Figures.Rows;

/// <summary>A worker's process dies at once.</summary>
internal static class KillRows
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    public static Task<IReadOnlyList<Figure>> FencedAsync(Stage stage, CancellationToken cancel) =>
        MeasureAsync(stage, new FleetSettings(), 3, cancel);

    public static Task<IReadOnlyList<Figure>> FencedWithoutEventsAsync(Stage stage, CancellationToken cancel) =>
        MeasureAsync(stage, new FleetSettings { HearsQueues = false }, 5, cancel);

    public static Task<IReadOnlyList<Figure>> UnfencedAsync(Stage stage, CancellationToken cancel) =>
        MeasureAsync(stage, new FleetSettings { Fenced = false }, 10, cancel);

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(Stage stage, FleetSettings settings, double goal, CancellationToken cancel)
    {
        var fleet = await stage.FleetAsync(settings, cancel);
        var gaps = new List<double>();
        for (var round = 0; round < stage.Rounds(8, 2); round++)
        {
            var victim = RealFleet.Worker(round % settings.Workers + 1);
            var streams = await fleet.StreamsOfAsync(victim, cancel);
            var from = BootClock.Now;
            fleet.Workers[victim].Kill();
            await fleet.QuietAsync(Bound, cancel);
            await fleet.Ticks.ReachAsync(streams, BootClock.Now, Bound, cancel);
            gaps.AddRange(await fleet.Ticks.GapsAsync(streams, from, BootClock.Now, cancel));
            await fleet.AddWorkerAsync(victim, cancel);
            await fleet.LevelAsync(Bound, cancel);
        }

        var spread = new Spread(gaps);
        return
        [
            stage.Told("streams that lost their owner", spread.Count),
            stage.Told("without a tick, p50, s", spread.At(0.5)),
            stage.AtMost("without a tick, p99, s", spread.At(0.99), goal),
            .. await Verdict.FiguresAsync(stage, fleet, cancel),
        ];
    }
}
