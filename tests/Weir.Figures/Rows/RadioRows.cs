using Weir.Figures.Airwaves;
using Weir.Figures.Fleet;
using Weir.Figures.Ticks;

namespace Weir.Figures.Rows;

/// <summary>Real stations, while a worker dies and another is drained.</summary>
internal static class RadioRows
{
    private const int MountCount = 50;
    private const int WorkerCount = 4;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    public static async Task<IReadOnlyList<Figure>> MountsAsync(Stage stage, CancellationToken cancel)
    {
        var mounts = stage.Keep(await Mounts.StartAsync(MountCount, cancel));
        var settings = new FleetSettings { Workers = WorkerCount, StreamsEach = (MountCount + WorkerCount - 1) / WorkerCount, Stations = mounts.Stations };
        var fleet = await stage.FleetAsync(settings, cancel);
        var heard = new HeardTable(fleet.Table);
        await heard.WatchAsync(cancel);
        await heard.AllHeardAsync(MountCount, Bound, cancel);
        var third = TimeSpan.FromMinutes(stage.Rounds(10, 2)) / 3;

        await BootClock.PassAsync(third, cancel);
        var killed = await fleet.StreamsOfAsync(RealFleet.Worker(1), cancel);
        fleet.Workers[RealFleet.Worker(1)].Kill();
        await fleet.QuietAsync(Bound, cancel);
        await fleet.AddWorkerAsync(RealFleet.Worker(1), cancel);

        await BootClock.PassAsync(third, cancel);
        var drained = await fleet.StreamsOfAsync(RealFleet.Worker(2), cancel);
        fleet.Workers[RealFleet.Worker(2)].Terminate();
        await fleet.Workers[RealFleet.Worker(2)].EndsAsync(Bound, cancel);
        await fleet.QuietAsync(Bound, cancel);

        await BootClock.PassAsync(third, cancel);
        var gaps = new Spread(await heard.GapsAsync(cancel));
        return
        [
            stage.AtLeast("stations heard", gaps.Count, MountCount),
            stage.Told("stations of the worker that was killed", killed.Count),
            stage.Told("stations of the worker that was drained", drained.Count),
            stage.Told("stations with more than one owner in turn", await heard.MovedAsync(cancel)),
            stage.Told("plays written", await heard.PlaysAsync(cancel)),
            stage.Told("longest gap of a station's plays, s, p50", gaps.At(0.5)),
            stage.AtMost("longest gap of a station's plays, s, the longest", gaps.At(1), 10),
            stage.AtMost("rows written under an old epoch", await heard.StaleAsync(cancel), 0),
            stage.AtMost("plays written twice", await heard.TwiceAsync(cancel), 0),
        ];
    }
}
