using MassTransit;
using Weir.Contracts.Migrations;
using Weir.Core.Assignments;
using Weir.Core.Leases;
using Weir.Core.Sagas;
using Weir.Orchestrator.Writing;
using Weir.Persistence.Rows;

namespace Weir.Orchestrator.Migrations;

/// <summary>Tells how migrations begin and end, in the transaction that writes it.</summary>
internal sealed class MigrationFacts(IPublishEndpoint publish)
{
    /// <summary>Tells of the moves of one plan, many a message (ADR 21).</summary>
    internal Task StartedAsync(string pool, long version, IReadOnlyCollection<MigrationStart> moves, CancellationToken cancel) =>
        publish.PublishPartsAsync(moves, (part, parts, started) => new MigrationsStarted(pool, version, part, parts, started), cancel);

    /// <summary>A move as the fact of its beginning has it.</summary>
    internal static MigrationStart Start(StoredMigration move, in LeaseRow source, in LeaseRow target) =>
        new(move.CorrelationId, move.Stream.Value, move.SourceEpoch.Value, source.Worker.Value, target.Worker.Value, move.Reason ?? "");

    internal Task EndedAsync(
        StoredMigration move, MigrationRow before, MigrationStep step, LeaseRow? source, LeaseRow? target, TimeSpan now, CancellationToken cancel)
    {
        var (stream, epoch) = (move.Stream.Value, step.Row.Epoch.Value);
        var (from, to) = (source?.Worker.Value ?? "", target?.Worker.Value ?? "");
        return step.Saga.State switch
        {
            MigrationState.Completed => publish.Publish(
                new MigrationCompleted(move.Pool, move.CorrelationId, stream, epoch, from, to, Gap(before, now)), cancel),
            MigrationState.Failed => publish.Publish(
                new MigrationFailed(move.Pool, move.CorrelationId, stream, epoch, from, to, "the old owner's handler does not end"), cancel),
            _ => publish.Publish(
                new MigrationRolledBack(move.Pool, move.CorrelationId, stream, epoch, from, to, Why(before, step)), cancel),
        };
    }

    // The first Start went out one deadline before the one that stands, as long as nobody had to ask again.
    private static long? Gap(in MigrationRow before, TimeSpan now)
    {
        if (before.Asked > 0) return null;
        var gap = now - (before.Deadline - Asking.Every);
        return gap >= TimeSpan.Zero && gap <= Asking.Every * 2 ? (long)gap.TotalMilliseconds : null;
    }

    private static string Why(in MigrationRow before, in MigrationStep step) => (before.State, step.Row.State) switch
    {
        (MigrationState.Releasing, AssignmentState.Unowned) => "the old owner released it and the new one could not take it",
        (MigrationState.Starting, AssignmentState.Unowned) => "the new owner did not run it",
        (MigrationState.Starting, AssignmentState.Releasing) => "the new owner did not answer and was asked back",
        _ => "the stream's row went on without it",
    };
}
