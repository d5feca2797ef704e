namespace Weir.Worker;

/// <summary>
/// The stream may not be acted on any more under this epoch: its lease has ended, or its sink has seen a newer owner. Nothing was
/// written. A handler lets it through; the SDK then ends the run.
/// </summary>
public sealed class LeaseLostException : Exception
{
    /// <param name="streamId">The stream.</param>
    /// <param name="epoch">The epoch under which it was to be acted on.</param>
    /// <param name="why">What was found, in words.</param>
    public LeaseLostException(string streamId, long epoch, string why)
        : base($"Stream {streamId} may not be acted on under epoch {epoch}: {why}")
    {
        StreamId = streamId;
        Epoch = epoch;
    }

    /// <summary>The stream.</summary>
    public string StreamId { get; }

    /// <summary>The epoch that counts no more.</summary>
    public long Epoch { get; }
}
