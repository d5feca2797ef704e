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
        return
        [
            stage.AtMost("streams with two owners at once", found.GetProperty("doubled").GetInt32(), 0),
            stage.AtMost("streams lost", found.GetProperty("lost").GetInt32(), 0),
            fleet.Settings.Fenced
                ? stage.AtMost("stale writes that the sink accepted", found.GetProperty("staleAccepted").GetInt32(), 0)
                : stage.Told("stale writes of Unfenced streams", found.GetProperty("stale").GetInt32()),
        ];
    }

    private static async Task<JsonElement> CheckAsync(RealFleet fleet, CancellationToken cancel)
    {
        var expected = Path.Combine(fleet.Logs, "expected.txt");
        await File.WriteAllLinesAsync(expected, fleet.Streams, cancel);
        var start = new ProcessStartInfo(Programs.Of("Weir.Checker"), [fleet.Logs, "--json", "--expect", expected]) { RedirectStandardOutput = true };
        using var checker = Process.Start(start)!;
        var text = await checker.StandardOutput.ReadToEndAsync(cancel);
        await checker.WaitForExitAsync(cancel);
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }
}
