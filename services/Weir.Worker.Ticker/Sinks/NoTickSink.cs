namespace Weir.Worker.Ticker.Sinks;

/// <summary>For Unfenced streams alone: takes nothing and refuses nothing.</summary>
internal sealed class NoTickSink : ITickSink
{
    public Task<long> ClaimAsync(Tick claim, CancellationToken cancel) => Task.FromResult(0L);

    public Task<IReadOnlySet<(string Stream, long Epoch)>> WriteAsync(IReadOnlyList<Tick> ticks, CancellationToken cancel) =>
        Task.FromResult<IReadOnlySet<(string Stream, long Epoch)>>(new HashSet<(string Stream, long Epoch)>());
}
