using Microsoft.EntityFrameworkCore;
using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Planning;
using Weir.Core.Sagas;
using Weir.Orchestrator.Answers;
using Weir.Orchestrator.Migrations;
using Weir.Orchestrator.Planning;
using Weir.Persistence;
using Weir.Persistence.Rows;
using Weir.Persistence.Stores;

namespace Weir.Orchestrator.Rehearsing;

/// <summary>
/// A pool of two workers and two streams, one of them moved from the worker that drains to the other, one placed: every step by the
/// parts that do it for real. Whoever runs it rolls its transaction back. One a scope.
/// </summary>
internal sealed class RehearsedMove(
    WeirDbContext db, EpochCounter epochs, PlanningReader reader, SliceWriter slices, MigrationDesk migrations, AnswerDesk answers, TimeProvider clock)
{
    private const double Capacity = 10;

    /// <param name="name">Of the pool, and the first part of its workers' and streams' names; nobody else's.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>How far the move came; <see cref="MigrationState.Completed"/> unless the era is closed.</returns>
    internal async Task<MigrationState> PlayAsync(string name, CancellationToken cancel)
    {
        var drawn = await epochs.DrawAsync(3, cancel);
        await AddFleetAsync(name, new Incarnation(drawn[0].Value), new Incarnation(drawn[1].Value), drawn[2], cancel);
        var state = new PoolState(name, clock);
        state.Apply(await reader.ReadAsync(name, ChangeMark.Beginning, cancel));
        var view = PlanView.Of(state);
        var plan = Planner.Plan(view.Seen.Snapshot, state.Settings.Planning() with { Levelling = Levelling.Always });
        PlanStep[] steps =
        [
            .. plan.Placements.Select(placement => new PlanStep(view.Propose(placement), Reason: null)),
            .. plan.Moves.Select(move => new PlanStep(view.Propose(move), move.Reason)),
        ];
        await slices.WriteAsync(view, plan, new PlanSlice(steps), takesVersion: true, cancel);

        var row = await db.Assignments.AsNoTracking().SingleAsync(one => one.Pool == name && one.Worker != null && !one.Migrating, cancel);
        await answers.TakeAsync([new StreamAnswer(AnswerKind.Started, row.Incarnation, row.Stream, row.Epoch)], cancel);
        var move = await db.Migrations.SingleOrDefaultAsync(one => one.Pool == name, cancel);
        if (move is null) return MigrationState.Failed;
        await answers.TakeAsync([new StreamAnswer(AnswerKind.Released, move.Source, move.Stream, move.SourceEpoch)], cancel);
        move.State = await migrations.DecideAsync(move, new MigrationEvent(MigrationEventKind.Stopped, move.Source, move.SourceEpoch), cancel);
        await db.SaveChangesAsync(cancel);
        return await migrations.DecideAsync(move, new MigrationEvent(MigrationEventKind.Started, move.Target, move.TargetEpoch), cancel);
    }

    private async Task AddFleetAsync(string name, Incarnation from, Incarnation to, Epoch epoch, CancellationToken cancel)
    {
        var (source, target) = (WorkerId.Parse($"{name}-1"), WorkerId.Parse($"{name}-2"));
        db.Pools.Add(new StoredPool { Pool = name });
        db.Workers.Add(new StoredWorker { Worker = source, Newest = from, Process = name, Attempt = 1, Pool = name, Capacity = Capacity, Draining = true });
        db.Workers.Add(new StoredWorker { Worker = target, Newest = to, Process = name, Attempt = 1, Pool = name, Capacity = Capacity });
        db.Leases.Add(StoredLease.From(new LeaseRow(source, from, name)));
        db.Leases.Add(StoredLease.From(new LeaseRow(target, to, name)));
        foreach (var stream in (StreamId[])[StreamId.Parse($"{name}-1"), StreamId.Parse($"{name}-2")])
            db.Streams.Add(new StoredStream { Stream = stream, Pool = name });
        db.Assignments.Add(new StoredAssignment
        {
            Stream = StreamId.Parse($"{name}-1"),
            Pool = name,
            Epoch = epoch,
            Worker = source,
            Incarnation = from,
            State = AssignmentState.Owned,
        });
        db.Assignments.Add(new StoredAssignment { Stream = StreamId.Parse($"{name}-2"), Pool = name });
        await db.SaveChangesAsync(cancel);
    }
}
