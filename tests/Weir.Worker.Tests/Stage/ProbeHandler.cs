namespace Weir.Worker.Tests.Stage;

internal sealed class ProbeHandler(Probe probe) : IStreamHandler
{
    public Task RunAsync(StreamLease lease, CancellationToken stop) => probe.RunAsync(lease, stop);
}
