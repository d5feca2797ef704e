using MassTransit;
using Microsoft.Extensions.Options;
using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Planning;
using Weir.Core.Sagas;
using Weir.Orchestrator.Migrations;
using Weir.Orchestrator.Writing;
using Weir.Persistence;
using Weir.Persistence.Rows;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;

namespace Weir.Orchestrator.Planning;

/// <summary>One slice of a plan in one transaction: rows and leases are read again, the core decides each step, what it grants is written. One a scope.</summary>
internal sealed class SliceWriter(
    WeirDbContext db,
    EraStore eras,
    EpochCounter epochs,
    AssignmentLocks locks,
    LeaseStore leases,
    PoolStore pools,
    DatabaseClock clock,
    PoolFigures figures,
    PoolSettingsReader settings,
    RowChanges changes,
    MigrationFacts moves,
    PlanRecord record,
    RebalanceStore rebalances,
    MigrationIds ids,
    IOptions<OrchestratorOptions> options)
{
    private readonly List<StoredMigration> _begun = [];
    private int _placed;

    internal async Task<ApplyOutcome> WriteAsync(PlanView view, Plan plan, PlanSlice slice, bool takesVersion, CancellationToken cancel)
    {
        var era = await eras.ReadAsync(cancel);
        if (!era.MayDraw || era.Row.Began != view.Version.Era) return new ApplyOutcome(ApplyKind.Closed, 0, 0, slice.Steps.Count);

        var rows = (await locks.TakeAsync(slice.Streams, cancel)).ToDictionary(row => row.Stream);
        var lives = await LivesAsync(slice, rows, cancel);
        var now = await clock.NowAsync(cancel);
        var times = (await figures.OfAsync(view.Pool, settings, cancel)).Lease();
        await DecideAsync(view.Pool, slice, rows, lives, new GrantContext(era.Row, times, Epoch.None, now), cancel);
        var dropped = slice.Steps.Count - _placed - _begun.Count;
        if (dropped > 0 && dropped == slice.Steps.Count) return new ApplyOutcome(ApplyKind.Nothing, 0, 0, dropped);

        // The condition is the core's rule for versions, asked by the statement itself: nothing is written yet when another was first.
        if (takesVersion && !await pools.TryAdvanceAsync(view.Pool, view.Version.Value, cancel)) return new ApplyOutcome(ApplyKind.Stale, 0, 0, slice.Steps.Count);

        var version = view.Version.Value + 1;
        db.Migrations.AddRange(_begun);
        await moves.StartedAsync(view.Pool, version, [.. _begun.Select(move => MigrationFacts.Start(move, lives[move.Source], lives[move.Target]))], cancel);

        if (takesVersion)
        {
            await record.WriteAsync(view, plan, version, options.Value.Replica, dropped, now, cancel);
            if (view.Requests.Count > 0) await rebalances.AnsweredAsync(view.Pool, view.Requests, cancel);
        }

        await changes.SaveAsync(version, cancel);
        return new ApplyOutcome(ApplyKind.Applied, _placed, _begun.Count, dropped);
    }

    private async Task<Dictionary<Incarnation, LeaseRow>> LivesAsync(PlanSlice slice, Dictionary<StreamId, StoredAssignment> rows, CancellationToken cancel)
    {
        var named = slice.Steps.Select(step => step.Proposal.Target).Concat(rows.Values.Select(row => row.Incarnation)).Distinct();
        return (await leases.FindAsync([.. named], cancel)).ToDictionary(lease => lease.Incarnation);
    }

    private async Task DecideAsync(
        string pool, PlanSlice slice, Dictionary<StreamId, StoredAssignment> rows, Dictionary<Incarnation, LeaseRow> lives, GrantContext context, CancellationToken cancel)
    {
        var drawn = slice.Placements == 0 ? [] : await epochs.DrawAsync(slice.Placements, cancel);
        var next = 0;
        foreach (var step in slice.Steps)
        {
            if (!rows.TryGetValue(step.Proposal.Stream, out var row)) continue;
            if (step.Reason is { } reason) Begin(pool, step.Proposal, row, lives, reason, context.Now);
            else Place(step.Proposal, row, lives, context with { Drawn = drawn[next++] });
        }
    }

    private void Place(in GrantProposal proposal, StoredAssignment row, Dictionary<Incarnation, LeaseRow> lives, in GrantContext context)
    {
        if (Grants.Place(row.ToRow(), Life(lives, row.Incarnation), proposal, Life(lives, proposal.Target), context, out var granted) != GrantOutcome.Granted) return;
        changes.Add(row, granted, StreamCommand.Start(granted));
        _placed++;
    }

    // The target's lease is looked at when the source has let go; here only one that is gone already is left out.
    private void Begin(string pool, in GrantProposal proposal, StoredAssignment row, Dictionary<Incarnation, LeaseRow> lives, MoveReason reason, TimeSpan now)
    {
        if (Life(lives, proposal.Target) is not { State: LeaseState.Live } || Life(lives, row.Incarnation) is null) return;
        if (!Core.Sagas.Migrations.TryBegin(row.ToRow(), proposal, now, out var step)) return;
        changes.Add(row, step.Row, step.Command);
        _begun.Add(Stored(pool, step.Saga, reason, now));
    }

    private StoredMigration Stored(string pool, in MigrationRow saga, MoveReason reason, TimeSpan now) => new()
    {
        CorrelationId = ids.Next(),
        Pool = pool,
        Stream = saga.Stream,
        Source = saga.Source,
        SourceEpoch = saga.SourceEpoch,
        Target = saga.Target,
        State = saga.State,
        Deadline = DateTime.UnixEpoch + saga.Deadline,
        Reason = reason.ToString(),
        StartedAt = DateTime.UnixEpoch + now,
    };

    private static LeaseRow? Life(Dictionary<Incarnation, LeaseRow> lives, Incarnation incarnation) =>
        lives.TryGetValue(incarnation, out var lease) ? lease : null;
}
