using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Persistence.Rows;

namespace Weir.Cli.Dev.Reading;

/// <summary>What the book knows of one stream.</summary>
internal sealed class StreamEntry(StreamId id)
{
    private Guid? _told;

    internal StreamId Id => id;

    internal StoredStream? Declared { get; set; }

    internal double? Load { get; set; }

    internal StoredAssignment? Row { get; private set; }

    /// <summary>The migration under way; null without one.</summary>
    internal StoredMigration? Move { get; private set; }

    internal TimeSpan MoveSince { get; private set; }

    /// <summary>Since when nobody runs it though somebody should, on the run's clock; null while somebody does.</summary>
    internal TimeSpan? UnownedSince { get; private set; }

    internal StreamHold Hold => Declared?.Hold is { } hold and not StreamHold.None ? hold : Row?.Hold ?? StreamHold.None;

    internal bool IsHeld => Hold is StreamHold.Paused or StreamHold.Quarantined;

    /// <summary>It is in the catalogue and is to run.</summary>
    internal bool IsWanted => Declared is not null && Hold == StreamHold.None;

    internal double Weight => Load is { } load && double.IsFinite(load) && load >= 0 ? load : Declared?.Weight ?? 1;

    internal void Take(StoredAssignment row, OwnershipTale tale, bool tells)
    {
        var before = Row;
        Row = row;
        var isGiven = row.State != AssignmentState.Unowned && row.Incarnation != before?.Incarnation;
        // What a migration carries is told when the migration ends.
        if (tells && isGiven && !row.Migrating && Move is null)
            tale.Given(Id, before, row);
    }

    internal void Take(StoredMigration move, TimeSpan now, OwnershipTale tale, bool tells)
    {
        var isOver = move.ToRow().IsOver;
        if (!isOver)
        {
            if (Move?.CorrelationId != move.CorrelationId)
                MoveSince = now;
            Move = move;
            return;
        }

        if (Move?.CorrelationId == move.CorrelationId)
            Move = null;
        if (_told == move.CorrelationId)
            return;
        _told = move.CorrelationId;
        if (tells)
            tale.Moved(move);
    }

    /// <summary>Lets the clock run or stop.</summary>
    internal void Look(bool isOver, TimeSpan now) => UnownedSince = IsWanted && isOver ? UnownedSince ?? now : null;
}
