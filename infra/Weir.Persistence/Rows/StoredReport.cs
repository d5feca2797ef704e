using Weir.Core.Identity;

namespace Weir.Persistence.Rows;

/// <summary>Table <c>reports</c>, written by Registry alone: what a stream's handler last said of it.</summary>
public sealed class StoredReport : IMarkedRow
{
    /// <summary>The key.</summary>
    public StreamId Stream { get; init; }

    /// <summary>Who said so.</summary>
    public Incarnation Incarnation { get; set; }

    /// <summary>Under which epoch; a later epoch's word is never replaced by an earlier one's.</summary>
    public Epoch Epoch { get; set; }

    /// <summary>Units of weight it really takes, at least 0; null when it measures none.</summary>
    public double? Load { get; set; }

    /// <summary>How far it has come, in the handler's own words, at most 200 characters.</summary>
    public string? Position { get; set; }

    /// <summary>UTC on the database's clock.</summary>
    public DateTime ReportedAt { get; set; }

    /// <inheritdoc/>
    public ulong Changed { get; init; }
}
