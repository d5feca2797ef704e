namespace Weir.Worker.Ticker.Sinks;

/// <summary>Where Fenced streams tick to.</summary>
internal interface ITickSink
{
    /// <summary>Claims the tick's stream under the tick's epoch, and writes that down as a row like the ticks.</summary>
    /// <returns>The latest sequence that was taken.</returns>
    /// <exception cref="LeaseLostException">A higher epoch has claimed it.</exception>
    Task<long> ClaimAsync(Tick claim, CancellationToken cancel);

    /// <summary>Takes each tick whose epoch holds its stream, all in one transaction.</summary>
    /// <returns>The streams and epochs that were refused.</returns>
    Task<IReadOnlySet<(string Stream, long Epoch)>> WriteAsync(IReadOnlyList<Tick> ticks, CancellationToken cancel);
}
