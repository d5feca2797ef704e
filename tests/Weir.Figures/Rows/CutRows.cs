using Weir.Figures.Fleet;
using Weir.Figures.Ticks;

namespace Weir.Figures.Rows;

/// <summary>A worker's packets vanish; its process runs on.</summary>
internal static class CutRows
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    public static Task<IReadOnlyList<Figure>> FencedAsync(Stage stage, CancellationToken cancel) => MeasureAsync(stage, fenced: true, 5, cancel);

    public static Task<IReadOnlyList<Figure>> UnfencedAsync(Stage stage, CancellationToken cancel) => MeasureAsync(stage, fenced: false, 10, cancel);

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(Stage stage, bool fenced, double goal, CancellationToken cancel)
    {
        var fleet = await stage.FleetAsync(new FleetSettings { Fenced = fenced, Proxied = true }, cancel);
        var gaps = new List<double>();
        for (var round = 0; round < stage.Rounds(6, 2); round++)
        {
            var victim = RealFleet.Worker(round + 1);
            var streams = await fleet.StreamsOfAsync(victim, cancel);
            var from = BootClock.Now;
            fleet.ProxyOf(victim).Hang();
            await fleet.Ticks.ReachOtherAsync(streams, victim, Bound, cancel);
            gaps.AddRange(await fleet.Ticks.GapsToOtherAsync(streams, victim, from, cancel));
            fleet.ProxyOf(victim).Heal();
            await fleet.LevelAsync(Bound, cancel);
        }

        var spread = new Spread(gaps);
        return
        [
            stage.Told("streams that were cut off", spread.Count),
            stage.AtMost("from the cut to the new owner's first tick, p99, s", spread.At(0.99), goal),
            .. await Verdict.FiguresAsync(stage, fleet, cancel),
        ];
    }
}
