using MassTransit;
using Weir.Contracts.Ownership;
using Weir.Core.Assignments;
using CoreReason = Weir.Core.Assignments.UnownedReason;
using ToldReason = Weir.Contracts.Ownership.UnownedReason;

namespace Weir.Orchestrator.Writing;

/// <summary>
/// Publishes what changed in the assignment table, in the transaction that changes it. Facts of one stream are ordered by epoch, then
/// Assigned, Running, Releasing, Unowned, so that whoever takes only what is above what it has holds the table.
/// </summary>
internal sealed class OwnershipFacts(IPublishEndpoint publish)
{
    internal async Task TellAsync(string pool, long version, IReadOnlyList<RowChange> changes, CancellationToken cancel)
    {
        await publish.PublishPartsAsync(Owned(AssignmentState.Starting), (part, parts, streams) => new StreamsAssigned(pool, version, part, parts, streams), cancel);
        await publish.PublishPartsAsync(Owned(AssignmentState.Owned), (_, _, streams) => new StreamsRunning(pool, version, streams), cancel);
        await publish.PublishPartsAsync(Owned(AssignmentState.Releasing), (part, parts, streams) => new StreamsReleasing(pool, version, part, parts, streams), cancel);
        await publish.PublishPartsAsync(
            [.. changes.Where(change => change.After.State == AssignmentState.Unowned).Select(change => Unowned(change.After))],
            (part, parts, streams) => new StreamsUnowned(pool, version, part, parts, streams),
            cancel);

        StreamOwned[] Owned(AssignmentState state) => [.. changes.Where(change => change.After.State == state).Select(Owner)];
    }

    /// <summary>Tells of rows that are new: nobody has them yet.</summary>
    internal Task TellNewAsync(string pool, long version, IReadOnlyList<AssignmentRow> rows, CancellationToken cancel) =>
        publish.PublishPartsAsync([.. rows.Select(Unowned)], (part, parts, streams) => new StreamsUnowned(pool, version, part, parts, streams), cancel);

    private static StreamOwned Owner(RowChange change)
    {
        var (before, after) = (change.Before, change.After);
        var from = before.Worker.Value is { Length: > 0 } worker && before.Epoch != after.Epoch ? worker : null;
        return new StreamOwned(after.Stream.Value, after.Epoch.Value, after.Worker.Value, after.Incarnation.Value, from);
    }

    private static StreamUnowned Unowned(AssignmentRow row) =>
        new(row.Stream.Value, row.Epoch.Value, Reason(row), row.Worker.Value is { Length: > 0 } worker ? worker : null);

    private static ToldReason Reason(in AssignmentRow row) => row.Hold switch
    {
        StreamHold.Paused => ToldReason.Paused,
        StreamHold.Withdrawn => ToldReason.Withdrawn,
        StreamHold.Quarantined => ToldReason.Quarantined,
        _ => row.Reason switch
        {
            CoreReason.Declared => ToldReason.New,
            CoreReason.Refused or CoreReason.Failed => ToldReason.Failed,
            CoreReason.NotHeld => ToldReason.OwnerLost,
            _ => ToldReason.Released,
        },
    };
}
