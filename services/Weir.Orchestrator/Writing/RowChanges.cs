using Weir.Core.Assignments;
using Weir.Core.Invariants;
using Weir.Persistence;
using Weir.Persistence.Rows;
using Weir.Persistence.Stores;

namespace Weir.Orchestrator.Writing;

/// <summary>
/// What one transaction does to assignments: rows that were decided on are collected, then written by one statement, with the facts
/// that tell of them and the commands that follow from them. One a scope.
/// </summary>
internal sealed class RowChanges(WeirDbContext db, AssignmentStore store, PoolStore pools, OwnershipFacts facts, CommandSender commands, CommittedCounts counts)
{
    private readonly List<RowChange> _changes = [];
    private readonly List<StreamCommand> _commands = [];

    /// <summary>Takes a decision in: the row as it was read under a lock, as it is to be, and what to send.</summary>
    internal void Add(StoredAssignment before, in AssignmentRow after, in StreamCommand command)
    {
        var was = before.ToRow();
        if (was != after) _changes.Add(new RowChange(before.Pool, was, after));
        Send(command);
    }

    internal void Send(in StreamCommand command)
    {
        if (command.Kind != CommandKind.None) _commands.Add(command);
    }

    /// <summary>Writes everything that was collected; the transaction that is open commits it.</summary>
    /// <param name="version">The pool's version after a plan; null to read it, for changes outside of plans.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The rows that changed.</returns>
    internal async Task<IReadOnlyList<RowChange>> SaveAsync(long? version, CancellationToken cancel)
    {
        RowChange[] changes = [.. _changes];
        StreamCommand[] sent = [.. _commands];
        _changes.Clear();
        _commands.Clear();
        foreach (var slice in changes.Chunk(AssignmentStore.SliceMax))
        {
            var written = await store.WriteAsync([.. slice.Select(change => new AssignmentWrite(change.After, change.Before.Epoch, change.Before.State))], cancel);
            Invariant.Holds(written.Count == slice.Length, "S7", $"{slice.Length} rows were locked and {written.Count} of them written");
        }

        counts.Wrote(changes.Length);
        foreach (var pool in changes.Where(change => change.IsFact).GroupBy(change => change.Pool, StringComparer.Ordinal))
        {
            var at = version ?? (await pools.VersionsAsync([pool.Key], cancel)).GetValueOrDefault(pool.Key);
            await facts.TellAsync(pool.Key, at, [.. pool], cancel);
        }

        await commands.SendAsync(sent, cancel);
        await db.SaveChangesAsync(cancel);
        return changes;
    }
}
