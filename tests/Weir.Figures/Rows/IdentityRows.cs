using System.Diagnostics;
using Weir.Figures.Fleet;

namespace Weir.Figures.Rows;

/// <summary>Two processes that claim one name.</summary>
internal static class IdentityRows
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    public static async Task<IReadOnlyList<Figure>> SameIdAsync(Stage stage, CancellationToken cancel)
    {
        var fleet = await stage.FleetAsync(new FleetSettings(), cancel);
        var (told, both) = (new List<double>(), 0);
        for (var round = 0; round < stage.Rounds(4, 1); round++)
        {
            var name = RealFleet.Worker(round + 1);
            var older = fleet.Workers[name];
            var begun = Stopwatch.GetTimestamp();
            var newer = await fleet.AddWorkerAsync(name, cancel);
            await older.EndsAsync(Bound, cancel);
            told.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            await fleet.LevelAsync(Bound, cancel);
            if (newer.HasExited) both++;
            await older.DisposeAsync();
        }

        return
        [
            stage.AtMost("the older one was told and had ended after, s", told.Max(), 30),
            stage.AtMost("rounds in which both ended", both, 0),
            .. await Verdict.FiguresAsync(stage, fleet, cancel),
        ];
    }
}
