namespace Weir.Worker;

/// <summary>A place to write to that remembers the highest epoch that claimed a stream and refuses whatever comes under a lower one.</summary>
/// <typeparam name="TCheckpoint">What a new owner needs to know to go on.</typeparam>
public interface IFencedSink<TCheckpoint>
{
    /// <summary>Writes the epoch, then reads the checkpoint, as one step: from then on no earlier owner's write is taken.</summary>
    /// <param name="streamId">The stream.</param>
    /// <param name="epoch">The epoch of the new owner.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="LeaseLostException">A higher epoch has claimed the stream.</exception>
    Task<TCheckpoint> ClaimAsync(string streamId, long epoch, CancellationToken cancel);
}
