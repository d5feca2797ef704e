using Weir.Core.Identity;

namespace Weir.Persistence.Rows;

/// <summary>Table <c>observations</c>, written by Registry alone: a stream that an incarnation said it still has a handler for.</summary>
public sealed class StoredObservation : IMarkedRow
{
    /// <summary>Who said so; first half of the key.</summary>
    public Incarnation Incarnation { get; init; }

    /// <summary>The stream; second half of the key.</summary>
    public StreamId Stream { get; init; }

    /// <summary>The epoch under which the handler runs.</summary>
    public Epoch Epoch { get; set; }

    /// <summary>It was told to stop and has not ended yet.</summary>
    public bool Stopping { get; set; }

    /// <inheritdoc/>
    public ulong Changed { get; init; }
}
