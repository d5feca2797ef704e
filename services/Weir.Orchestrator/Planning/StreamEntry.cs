using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Planning;
using Weir.Persistence.Rows;

namespace Weir.Orchestrator.Planning;

/// <summary>One stream as the loop knows it: what the catalogue, the assignment table, its reports and its migration say.</summary>
internal sealed class StreamEntry(StreamId id)
{
    internal StreamId Id => id;

    /// <summary>Its entry in the catalogue; null while only a row is left of it.</summary>
    internal StoredStream? Declared { get; set; }

    internal bool HasRow { get; set; }

    /// <summary>Meaningful while <see cref="HasRow"/>.</summary>
    internal AssignmentRow Row { get; set; }

    /// <summary>What its worker says it costs.</summary>
    internal double? Load { get; set; }

    /// <summary>The open migration that carries it.</summary>
    internal StoredMigration? Move { get; set; }

    /// <summary>When it was last moved by choice, on the database's clock.</summary>
    internal TimeSpan? MovedAt { get; set; }

    /// <summary>Since when it has no owner, as this replica saw it, on its monotonic clock.</summary>
    internal long? UnownedSince { get; set; }

    internal StreamRows ToRows() => new(Row)
    {
        IsDeclared = Declared is { WithdrawnAt: null },
        DeclaredWeight = Declared?.Weight ?? 1,
        Load = Load,
        PinnedTo = Declared?.PinnedTo,
        Move = Move?.ToRow(),
        MovedAt = MovedAt,
    };
}
