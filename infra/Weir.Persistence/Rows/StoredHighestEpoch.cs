using Weir.Core.Identity;

namespace Weir.Persistence.Rows;

/// <summary>Table <c>highest_epoch</c>, one row, written by Registry alone: the highest epoch any worker has named. Above what was drawn, it tells of lost history.</summary>
public sealed class StoredHighestEpoch
{
    /// <summary>The key of the one row.</summary>
    public const int TheOnly = 1;

    /// <summary>Always <see cref="TheOnly"/>.</summary>
    public int Id { get; init; } = TheOnly;

    /// <summary>0 until a worker names one. Only grows.</summary>
    public Epoch Reported { get; set; }
}
