using Weir.Worker.Agent;

namespace Weir.Worker;

/// <summary>
/// The right to run one stream, given to one run of its handler. Any thread may use it.
/// <para>
/// The epoch may be raised while the handler runs: the worker was cut off and came back, and keeps the stream under a newer grant.
/// The handler goes on. <see cref="Epoch"/> changes in place, for a stream whose sink was claimed once the SDK has claimed it again;
/// so read it before each write, never once and for all.
/// </para>
/// </summary>
public sealed class StreamLease
{
    private const int PositionMax = 200;

    private readonly StreamRun _run;

    internal StreamLease(StreamRun run) => _run = run;

    /// <summary>Its handler has run up to its first wait.</summary>
    internal bool HasBegun { get; set; }

    /// <summary>What the stream is.</summary>
    public StreamInfo Stream => _run.Info;

    /// <summary>
    /// The epoch to write under: the highest under which the sink was claimed; for an Unfenced stream that claims nothing, the highest
    /// granted. 0 before the first claim of a Fenced stream. Only grows.
    /// </summary>
    public long Epoch => _run.Epoch;

    /// <summary>The worker's life under which the stream was last granted. Only grows.</summary>
    public long Incarnation => _run.Cover.Incarnation.Value;

    /// <summary>Why the handler is told to stop; <see cref="Worker.StopReason.None"/> while it is not.</summary>
    public StopReason StopReason => _run.StopReason;

    /// <summary>
    /// How long the stream may still be acted on if no further beat is acknowledged, its local mode included; zero when not at all.
    /// Counted on a clock that runs through suspend.
    /// </summary>
    public TimeSpan ExpiresIn => _run.IsOver || _run.StopReason == StopReason.LeaseLost ? TimeSpan.Zero : Positive(_run.Cover.Left(_run.Info.LocalModeFor));

    /// <summary>
    /// Whether the stream may be acted on now. Ask before each write. Between this answer and the write a process can be paused: the
    /// sink of a Fenced stream then refuses, an Unfenced one can take one stale write.
    /// </summary>
    public bool IsValid => ExpiresIn > TimeSpan.Zero;

    /// <summary>As <see cref="IsValid"/>, for code that would rather throw.</summary>
    /// <exception cref="LeaseLostException">The stream may not be acted on any more.</exception>
    public void ThrowIfLost()
    {
        if (!IsValid)
            throw new LeaseLostException(Stream.Id, Epoch, "its lease has ended");
    }

    /// <summary>
    /// Claims the stream at its sink and gives the checkpoint to go on from. With it a Fenced stream counts as started. When the epoch is
    /// raised later, the SDK claims again by itself, and <see cref="Epoch"/> changes when that has returned.
    /// </summary>
    /// <param name="sink">Where the stream is written to.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="LeaseLostException">The sink has seen a higher epoch, or the lease has ended.</exception>
    public Task<T> ClaimAsync<T>(IFencedSink<T> sink, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return ClaimAsync((epoch, token) => sink.ClaimAsync(Stream.Id, epoch, token), cancel);
    }

    /// <summary>As the other, with a claim of your own: it writes the epoch, then reads the checkpoint.</summary>
    /// <param name="claim">Takes the epoch; called again with a higher one when the grant is raised, also while the handler runs.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="LeaseLostException">The claim said so, or the lease has ended.</exception>
    public Task<T> ClaimAsync<T>(Func<long, CancellationToken, Task<T>> claim, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return _run.ClaimAsync(claim, cancel);
    }

    /// <summary>
    /// For a write that its sink refused: waits while the epoch is being raised, and gives the newer one to write under.
    /// </summary>
    /// <param name="refused">The epoch that was refused.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="LeaseLostException">It was not raised: another owner has the stream.</exception>
    public Task<long> EpochAboveAsync(long refused, CancellationToken cancel) => _run.EpochAboveAsync(refused, cancel);

    /// <summary>
    /// Says how the stream fares. Never waits; the latest word counts: sent within 15 seconds when the load has changed by a twentieth,
    /// within 40 when it has not, and at most every 10. The planner weighs the stream by the load; the position is for people to read,
    /// the checkpoint that counts is the sink's.
    /// </summary>
    /// <param name="load">How many units of weight it really takes, finite and at least 0; null when not measured.</param>
    /// <param name="position">How far it has come; cut to 200 characters.</param>
    /// <exception cref="ArgumentOutOfRangeException">The load is negative or no number.</exception>
    public void Report(double? load = null, string? position = null)
    {
        if (load is { } measured && !(double.IsFinite(measured) && measured >= 0))
            throw new ArgumentOutOfRangeException(nameof(load), load, $"The load of stream {Stream.Id} must be finite and at least 0");
        _run.Report(load, position is { Length: > PositionMax } ? position[..PositionMax] : position);
    }

    private static TimeSpan Positive(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;
}
