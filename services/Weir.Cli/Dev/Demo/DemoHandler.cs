using System.Globalization;
using Weir.Worker;

namespace Weir.Cli.Dev.Demo;

/// <summary>A station that is only simulated: it claims its fence as a real one does, and reports a load that drifts.</summary>
/// <remarks>Made by the worker's host, one a run.</remarks>
/// <param name="sinks">Where the streams are fenced.</param>
/// <param name="clock">Tells the load, and when to look at it again.</param>
internal sealed class DemoHandler(DemoSinks sinks, TimeProvider clock) : IStreamHandler
{
    /// <summary>The kind of stream it runs.</summary>
    internal const string Kind = "demo";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    public async Task RunAsync(StreamLease lease, CancellationToken stop)
    {
        var stream = lease.Stream.Id;
        await lease.ClaimAsync(sinks.Of(stream), stop);
        var (since, said) = (clock.GetTimestamp(), double.NaN);
        while (!stop.IsCancellationRequested)
        {
            var load = DemoLoad.Of(stream, clock.GetUtcNow());
            if (load != said)
                lease.Report(said = load, string.Create(CultureInfo.InvariantCulture, $"on air for {clock.GetElapsedTime(since).TotalSeconds:0} s"));
            await Task.Delay(Every, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
