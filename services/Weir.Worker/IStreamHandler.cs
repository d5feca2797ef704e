namespace Weir.Worker;

/// <summary>
/// What a worker does for one stream. Each run has an instance of its own, made in a scope of its own from the host's services and
/// disposed with it.
/// </summary>
public interface IStreamHandler
{
    /// <summary>
    /// Runs the stream until told to stop. To return or throw without having been told counts as a failure: the stream is placed anew,
    /// and a stream that fails at three owners within ten minutes is quarantined.
    /// </summary>
    /// <param name="lease">The right to run it: what the stream is, the epoch to write under, and where to report.</param>
    /// <param name="stop">
    /// Cancelled when the handler shall end; <see cref="StreamLease.StopReason"/> says why. What is still running at nine tenths of
    /// the lease ends with the whole process (exit code 70).
    /// </param>
    Task RunAsync(StreamLease lease, CancellationToken stop);
}
