using Weir.Worker;

namespace Weir.Cli.Dev.Demo;

/// <summary>A fence in memory, shared by the workers of one process.</summary>
internal sealed class DemoSink : IFencedSink<long>
{
    private readonly Lock _gate = new();
    private long _highest;
    private long _claims;

    /// <summary>Takes the epoch and gives how often the stream was claimed before.</summary>
    public Task<long> ClaimAsync(string streamId, long epoch, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (_highest > epoch)
                throw new LeaseLostException(streamId, epoch, FormattableString.Invariant($"its fence has seen epoch {_highest}"));
            _highest = epoch;
            return Task.FromResult(_claims++);
        }
    }
}
