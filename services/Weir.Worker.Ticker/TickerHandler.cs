using Weir.Contracts.Ownership;

namespace Weir.Worker.Ticker;

/// <summary>Ticks ten times a second: to the log always, and to the sink if the stream is Fenced.</summary>
/// <remarks>Made by the host; see <see cref="TickerRegistration"/>.</remarks>
/// <param name="engine">Shared by all streams of the host.</param>
public sealed class TickerHandler(TickerEngine engine) : IStreamHandler
{
    /// <summary>The kind of stream it runs: <c>ticker</c>.</summary>
    public const string Kind = "ticker";

    /// <inheritdoc/>
    public async Task RunAsync(StreamLease lease, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var sequence = lease.Stream.Class == StreamClass.Fenced
            ? await lease.ClaimAsync((epoch, cancel) => engine.Sink.ClaimAsync(Claim(lease, epoch), cancel), stop)
            : 0;
        var ticking = engine.Wheel.Add(lease, sequence);
        try
        {
            await ticking.Lost.Task.WaitAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop.
        }
        finally
        {
            engine.Wheel.Remove(ticking);
        }
    }

    private Tick Claim(StreamLease lease, long epoch) => new(lease.Stream.Id, epoch, engine.Log.Worker, lease.Incarnation, 0, engine.Log.Now);
}
