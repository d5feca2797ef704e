using System.Diagnostics;
using Weir.Simulation.Tests.Engine;
using Weir.Simulation.Tests.Runs;
using Weir.Testing.Traits;

namespace Weir.Simulation.Tests;

[Simulation]
public sealed class SpeedTests
{
    private const double Wanted = 500;

    [Fact]
    [Slow]
    public void Speed_16WorkersAnd200StreamsForAnHour_Is500TimesRealTimeOnOneCore()
    {
        var shape = Shape.Of(Campaign.SeedBase + 16) with { Workers = 16, Streams = 200, Safety = Span.Hour, FaultEvery = 15 * Span.Second };
        var watch = Stopwatch.StartNew();
        var processor = Process.GetCurrentProcess().TotalProcessorTime;

        var result = SimulationRun.Execute(shape);

        var spent = Process.GetCurrentProcess().TotalProcessorTime - processor;
        var speed = TimeSpan.FromTicks(result.VirtualTicks) / spent;
        Console.WriteLine($"[speed] 16 workers x 200 streams: {speed:N0} x real time per core, {result.Events / spent.TotalSeconds:N0} events/s, {TimeSpan.FromTicks(result.VirtualTicks)} in {watch.Elapsed.TotalSeconds:0.0} s, {result.Faults.Sum():N0} faults");
        Assert.True(result.Held, $"{result.Violation}: {result.Replay}");
        Assert.True(speed >= Wanted, $"{speed:N0} x real time of {Wanted}");
    }
}
