using Weir.Figures.Fleet;
using Weir.Figures.Ticks;

namespace Weir.Figures.Rows;

/// <summary>Something hangs, with all its sockets open, and goes on later.</summary>
internal static class StopRows
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    public static Task<IReadOnlyList<Figure>> WorkerFencedAsync(Stage stage, CancellationToken cancel) => WorkerAsync(stage, fenced: true, cancel);

    public static Task<IReadOnlyList<Figure>> WorkerUnfencedAsync(Stage stage, CancellationToken cancel) => WorkerAsync(stage, fenced: false, cancel);

    public static async Task<IReadOnlyList<Figure>> BrokerAsync(Stage stage, CancellationToken cancel)
    {
        var fleet = await stage.FleetAsync(new FleetSettings(), cancel);
        var (moved, lost, back) = (0, 0L, new List<double>());
        for (var round = 0; round < stage.Rounds(3, 1); round++)
        {
            var before = await fleet.Table.OwnersAsync(cancel);
            var fenced = await fleet.Table.NumberAsync("SELECT count(*) FROM leases WHERE state = 'Fenced'", cancel);
            await fleet.Broker.FreezeAsync(cancel);
            await BootClock.PassAsync(TimeSpan.FromSeconds(20), cancel);
            await fleet.Broker.ThawAsync(cancel);
            var thawed = BootClock.Now;
            await fleet.QuietAsync(Bound, cancel);
            await fleet.Ticks.ReachAsync([.. before.Keys], BootClock.Now, Bound, cancel);
            back.Add((await fleet.Ticks.FirstAfterAsync([.. before.Keys], thawed, cancel)).Max());
            var after = await fleet.Table.OwnersAsync(cancel);
            moved += before.Count(one => after[one.Key].Worker != one.Value.Worker);
            lost += await fleet.Table.NumberAsync("SELECT count(*) FROM leases WHERE state = 'Fenced'", cancel) - fenced;
        }

        return
        [
            stage.AtMost("every stream ticks on its worker after SIGCONT, s, the longest", back.Max(), 12),
            stage.AtMost("streams moved", moved, 0),
            stage.Told("incarnations fenced (a lapsed worker that registers anew is one)", lost),
            .. await Verdict.FiguresAsync(stage, fleet, cancel),
        ];
    }

    private static async Task<IReadOnlyList<Figure>> WorkerAsync(Stage stage, bool fenced, CancellationToken cancel)
    {
        var fleet = await stage.FleetAsync(new FleetSettings { Fenced = fenced }, cancel);
        var late = new List<double>();
        for (var round = 0; round < stage.Rounds(4, 1); round++)
        {
            var victim = RealFleet.Worker(round + 1);
            await fleet.Workers[victim].FreezeAsync(cancel);
            await BootClock.PassAsync(TimeSpan.FromSeconds(30), cancel);
            var thawed = BootClock.Now;
            fleet.Workers[victim].Thaw();
            await fleet.LevelAsync(Bound, cancel);
            late.AddRange(await fleet.Ticks.LateAsync(victim, thawed, cancel));
        }

        return
        [
            stage.AtMost("its last tick under the old lease after SIGCONT, ms", late.DefaultIfEmpty(0).Max() * 1000, 250),
            .. await Verdict.FiguresAsync(stage, fleet, cancel),
        ];
    }
}
