using System.Diagnostics;
using System.Text.Json;
using Weir.Figures.Fleet;

namespace Weir.Figures.Rows;

/// <summary>What the checker, a program that knows nothing of the control plane, finds in the tickers' logs and sinks.</summary>
internal static class Verdict
{
    public static async Task<IReadOnlyList<Figure>> FiguresAsync(Stage stage, RealFleet fleet, CancellationToken cancel)
    {
        var found = await CheckAsync(fleet, cancel);
        var lost = Length(found, "neverTicked") + Length(found, "notTickingAtTheEnd");
        return
        [
            stage.AtMost("streams with two owners at once", Length(found, "doubled"), 0),
            stage.AtMost("streams lost", lost, 0),
            fleet.Settings.Fenced
                ? stage.AtMost("stale writes that the sink accepted", Length(found.GetProperty("sink"), "stale"), 0)
                : stage.Told("stale ticks of Unfenced streams", found.GetProperty("staleTicks").GetInt64()),
        ];
    }

    private static int Length(JsonElement of, string list) => of.GetProperty(list).GetArrayLength();

    private static async Task<JsonElement> CheckAsync(RealFleet fleet, CancellationToken cancel)
    {
        var expected = Path.Combine(fleet.Logs, "expected.txt");
        await File.WriteAllLinesAsync(expected, fleet.Streams, cancel);
        string[] arguments = [fleet.Logs, "--json", "--expect", expected, .. fleet.Settings.Fenced ? ["--sink", fleet.Table.ConnectionString] : Array.Empty<string>()];
        var start = new ProcessStartInfo(Programs.Of("Weir.Checker"), arguments) { RedirectStandardOutput = true };
        using var checker = Process.Start(start)!;
        var text = await checker.StandardOutput.ReadToEndAsync(cancel);
        await checker.WaitForExitAsync(cancel);
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }
}
