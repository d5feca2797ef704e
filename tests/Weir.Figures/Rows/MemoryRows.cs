using System.Diagnostics;
using System.Globalization;
using Weir.Figures.Fleet;
using Weir.Figures.Ticks;
using Weir.Testing.Servers;

namespace Weir.Figures.Rows;

/// <summary>What the services take while nothing happens.</summary>
internal static class MemoryRows
{
    private static readonly TimeSpan UpBound = TimeSpan.FromMinutes(5);
    private const int TickMs = 10_000;
    private const double Kibi = 1024;
    private const double Mebi = 1024 * 1024;

    public static async Task<IReadOnlyList<Figure>> QuietAsync(Stage stage, CancellationToken cancel)
    {
        var (workers, streamsEach) = stage.IsShort ? (8, 25) : (100, 100);
        var fleet = await stage.FleetAsync(new FleetSettings { Workers = 0, StreamsEach = 0 }, cancel);
        await using var tickers = await HostedTickers.StartAsync(fleet, workers, streamsEach * 2, TickMs, cancel);
        await fleet.DeclareAsync(workers * streamsEach, cancel);
        await fleet.QuietAsync(UpBound, cancel);
        var services = fleet.Registries.Concat(fleet.Orchestrators).ToList();
        await BootClock.PassAsync(TimeSpan.FromSeconds(stage.Rounds(60, 10)), cancel);
        var (first, begun, spent, planned) = (Memory(services), Stopwatch.GetTimestamp(), Spent(services), Spent(fleet.Orchestrators));
        await BootClock.PassAsync(TimeSpan.FromMinutes(1) * stage.Rounds(15, 1), cancel);
        var time = Stopwatch.GetElapsedTime(begun);
        var (last, share, planning) = (Memory(services), (Spent(services) - spent) / time, (Spent(fleet.Orchestrators) - planned) / time);
        return
        [
            stage.Told("workers", workers),
            stage.Told("streams", workers * streamsEach),
            stage.AtMost("memory of a service (pages shared with others by their share), MB", last.Max() / Mebi, 150),
            stage.Told("resident, pages shared with all others included, MB", services.Max(program => Read(program, one => (double)one.WorkingSet64)) / Mebi),
            stage.Told("growth of a service over the time, MB, the most", last.Zip(first, (now, then) => now - then).Max() / Mebi),
            stage.AtMost("of one core, all services together, %", share * 100, 5),
            stage.Told("of it the orchestrators, %", planning * 100),
        ];
    }

    private static List<double> Memory(IEnumerable<ChildProgram> programs) => [.. programs.Select(program => Proportional(program.ProcessId))];

    // A program's libraries are in memory once, however many processes of it run.
    private static double Proportional(int process)
    {
        var line = File.ReadLines($"/proc/{process}/smaps_rollup").First(one => one.StartsWith("Pss:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * Kibi;
    }

    private static TimeSpan Spent(IEnumerable<ChildProgram> programs) =>
        programs.Select(program => Read(program, one => one.TotalProcessorTime)).Aggregate(TimeSpan.Zero, (sum, one) => sum + one);

    private static T Read<T>(ChildProgram program, Func<Process, T> figure)
    {
        using var process = Process.GetProcessById(program.ProcessId);
        return figure(process);
    }
}
