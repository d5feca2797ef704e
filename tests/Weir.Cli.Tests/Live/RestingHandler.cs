using Weir.Worker;

namespace Weir.Cli.Tests.Live;

/// <summary>Runs until it is told to stop.</summary>
internal sealed class RestingHandler : IStreamHandler
{
    public async Task RunAsync(StreamLease lease, CancellationToken stop) =>
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
