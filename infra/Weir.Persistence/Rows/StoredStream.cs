using System.Diagnostics.CodeAnalysis;
using Weir.Core.Assignments;
using Weir.Core.Identity;

namespace Weir.Persistence.Rows;

/// <summary>Table <c>streams</c>, written by Registry alone: the catalogue of what is to run. A withdrawn row stays a day.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "A stream of work, one of the words of this house.")]
public sealed class StoredStream : IMarkedRow
{
    /// <summary>The key.</summary>
    public StreamId Stream { get; init; }

    /// <summary>The pool it is planned in, 1 to 64 characters.</summary>
    public required string Pool { get; set; }

    /// <summary>Which handler runs it, 1 to 64 characters.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Its share of a worker's capacity, at least 0; 1 by default.</summary>
    public double Weight { get; set; } = 1;

    /// <summary>Whether its sink checks epochs.</summary>
    public StreamClass Class { get; set; }

    /// <summary>How much longer than a lease a cut-off owner may go on, in whole milliseconds.</summary>
    public TimeSpan LocalModeFor { get; set; }

    /// <summary>Why it is not to run: an operator's wish, or withdrawn.</summary>
    public StreamHold Hold { get; set; }

    /// <summary>The only worker that may hold it; null: any.</summary>
    public WorkerId? PinnedTo { get; set; }

    /// <summary>A JSON object of names and values that a worker's labels must hold.</summary>
    public string Labels { get; set; } = "{}";

    /// <summary>What its handler needs to run it, as JSON; handed on unread.</summary>
    public string? Payload { get; set; }

    /// <summary>When it was declared last, UTC on the database's clock.</summary>
    public DateTime DeclaredAt { get; set; }

    /// <summary>When it was withdrawn, UTC on the database's clock; null while it is to run.</summary>
    public DateTime? WithdrawnAt { get; set; }

    /// <inheritdoc/>
    public ulong Changed { get; init; }
}
