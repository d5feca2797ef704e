using MassTransit;
using Microsoft.EntityFrameworkCore;
using Weir.Contracts.Planning;
using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Sagas;
using Weir.Orchestrator.Writing;
using Weir.Persistence;
using Weir.Persistence.Rows;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;

namespace Weir.Orchestrator.Migrations;

/// <summary>Decides one event of one migration from rows read and locked in the event's transaction, and writes what follows. One a scope.</summary>
internal sealed class MigrationDesk(
    WeirDbContext db,
    AssignmentLocks locks,
    LeaseStore leases,
    EraStore eras,
    EpochCounter epochs,
    DatabaseClock clock,
    PoolFigures figures,
    PoolSettingsReader settings,
    RowChanges changes,
    MigrationFacts facts,
    IPublishEndpoint publish,
    CommittedCounts counts)
{
    /// <returns>The state to go to; the present one when nothing moves.</returns>
    internal async Task<MigrationState> DecideAsync(StoredMigration move, MigrationEvent happened, CancellationToken cancel)
    {
        var era = await eras.ReadAsync(cancel);
        var stored = (await locks.TakeAsync([move.Stream], cancel)).SingleOrDefault();

        // In a life of the database that is not open nothing is granted; the deadline asks again.
        if (!era.MayDraw || stored is null) return move.State;

        var saga = move.ToRow();
        var now = await clock.NowAsync(cancel);
        var drawn = saga.State == MigrationState.Releasing ? (await epochs.DrawAsync(1, cancel))[0] : Epoch.None;
        var lives = await leases.FindAsync([saga.Source, saga.Target], cancel);
        var (source, target) = (Life(lives, saga.Source), Life(lives, saga.Target));
        var times = (await figures.OfAsync(move.Pool, settings, cancel)).Lease();
        var view = new MigrationView(
            stored.ToRow(), source, target, await TakesStreamsAsync(target, cancel), new GrantContext(era.Row, times, drawn, now));

        var step = Core.Sagas.Migrations.Decide(saga, happened, view);

        changes.Add(stored, step.Row, step.Command);
        await changes.SaveAsync(version: null, cancel);
        await TellAsync(move, saga, step, source, target, now, cancel);
        (move.TargetEpoch, move.Asked) = (step.Saga.TargetEpoch, step.Saga.Asked);
        if (step.Saga.Deadline != saga.Deadline) move.Deadline = DateTime.UnixEpoch + step.Saga.Deadline;
        if (step.Saga.IsOver) move.EndedAt = DateTime.UnixEpoch + now;
        return step.Saga.State;
    }

    private static LeaseRow? Life(IReadOnlyList<LeaseRow> lives, Incarnation incarnation)
    {
        foreach (var life in lives)
            if (life.Incarnation == incarnation)
                return life;
        return null;
    }

    private async Task<bool> TakesStreamsAsync(LeaseRow? target, CancellationToken cancel) =>
        target is { } lease && await db.Workers.AsNoTracking().AnyAsync(worker => worker.Worker == lease.Worker && !worker.Cordoned && !worker.Draining, cancel);

    private async Task TellAsync(
        StoredMigration move, MigrationRow before, MigrationStep step, LeaseRow? source, LeaseRow? target, TimeSpan now, CancellationToken cancel)
    {
        if (!step.Saga.IsOver) return;
        counts.Ended(step.Saga.State);
        await facts.EndedAsync(move, before, step, source, target, now, cancel);
        if (step.Row.State == AssignmentState.Unowned) await publish.Publish(new PoolChanged(move.Pool), cancel);
    }
}
