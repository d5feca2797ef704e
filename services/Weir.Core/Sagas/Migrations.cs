using Weir.Core.Assignments;
using Weir.Core.Eras;
using Weir.Core.Identity;
using Weir.Core.Invariants;
using Weir.Core.Leases;

namespace Weir.Core.Sagas;

/// <summary>
/// The migration saga's decisions: Releasing, Starting, Completed; RolledBack and Failed are its other ends. It leaves Releasing
/// only when the old owner released the stream or can no longer act; whatever else goes wrong, the assignment row stays true and
/// the sweep or a placement goes on from it.
/// </summary>
public static class Migrations
{
    /// <summary>Begins a move of an owned stream. The row check is the caller's proposal.</summary>
    /// <param name="row">The row, locked.</param>
    /// <param name="proposal">What the plan wants.</param>
    /// <param name="now">The database's clock.</param>
    /// <param name="step">Rows to write and command to send.</param>
    /// <returns>False when the row is no longer the one the plan saw, or another move has it.</returns>
    public static bool TryBegin(in AssignmentRow row, in GrantProposal proposal, TimeSpan now, out MigrationStep step)
    {
        step = default;
        if (!proposal.StillSees(row) || row.State != AssignmentState.Owned || row.Migrating || row.Hold != StreamHold.None || row.Incarnation == proposal.Target)
            return false;

        var saga = new MigrationRow(row.Stream, row.Incarnation, row.Epoch, proposal.Target) { Deadline = now + Asking.Every };
        var command = Releases.Ask(row, now, out var asked);
        step = new MigrationStep(saga, asked with { Migrating = true }, command);
        return true;
    }

    /// <summary>Decides what one event does. An event that speaks of another epoch, or comes after the end, changes nothing.</summary>
    public static MigrationStep Decide(in MigrationRow saga, in MigrationEvent happened, in MigrationView view)
    {
        Invariant.Holds(view.Row.Stream == saga.Stream, "saga", $"the move of {saga.Stream} was given the row of {view.Row.Stream}");
        return saga.State switch
        {
            MigrationState.Releasing when LostTheRow(saga, view.Row) => End(saga, MigrationState.RolledBack, view.Row),
            MigrationState.Releasing => WhileReleasing(saga, happened, view),
            MigrationState.Starting when LostTheRow(saga, view.Row) => End(saga, MigrationState.RolledBack, view.Row),
            MigrationState.Starting => WhileStarting(saga, happened, view),
            _ => Stay(saga, view),
        };
    }

    private static MigrationStep WhileReleasing(in MigrationRow saga, in MigrationEvent happened, in MigrationView view) => happened.Kind switch
    {
        MigrationEventKind.Stopped when Speaks(happened, saga.Source, saga.SourceEpoch) => Advance(saga, view),
        MigrationEventKind.LookAgain when Grants.MayGrant(view.Row, view.Source, view.Context.Times) => Advance(saga, view),
        MigrationEventKind.LookAgain when saga.IsDue(view.Context.Now) => AskAgain(saga, view, view.Source, StreamCommand.Release(view.Row)),
        MigrationEventKind.Stuck when Speaks(happened, saga.Source, saga.SourceEpoch) => End(saga, MigrationState.Failed, view.Row with { Migrating = false }),
        _ => Stay(saga, view),
    };

    private static MigrationStep WhileStarting(in MigrationRow saga, in MigrationEvent happened, in MigrationView view) => happened.Kind switch
    {
        MigrationEventKind.Started when Speaks(happened, saga.Target, saga.TargetEpoch) =>
            End(saga, MigrationState.Completed, view.Row with { State = AssignmentState.Owned, Migrating = false, Asked = 0 }),
        MigrationEventKind.Stopped when Speaks(happened, saga.Target, saga.TargetEpoch) =>
            End(saga, MigrationState.RolledBack, Answers.Unown(view.Row, UnownedReason.RolledBack)),
        MigrationEventKind.LookAgain when view.Target is not { State: LeaseState.Live } =>
            End(saga, MigrationState.RolledBack, view.Row with { Migrating = false }),
        MigrationEventKind.LookAgain when saga.IsDue(view.Context.Now) && saga.Asked >= Asking.StartsMax => TakeBack(saga, view),
        MigrationEventKind.LookAgain when saga.IsDue(view.Context.Now) => AskAgain(saga, view, view.Target, StreamCommand.Start(view.Row)),
        _ => Stay(saga, view),
    };

    private static MigrationStep Advance(in MigrationRow saga, in MigrationView view)
    {
        var row = view.Row;
        if (view.Target is not { } target
            || target.LivenessUnder(view.Context.Times) != Liveness.Live
            || !view.TargetTakesStreams
            || !EraChange.MayStartElsewhere(view.Context.Era, row.Class, row.LocalModeFor, view.Context.Times))
        {
            return End(saga, MigrationState.RolledBack, Answers.Unown(row, UnownedReason.RolledBack));
        }

        var given = Grants.Give(row, target, view.Context) with { Migrating = true };
        var next = saga with { State = MigrationState.Starting, TargetEpoch = given.Epoch, Asked = 0, Deadline = given.Deadline };
        Invariant.Holds(next.TargetEpoch > saga.SourceEpoch, "S2", $"{saga.Stream} would move from epoch {saga.SourceEpoch} to {next.TargetEpoch}");
        return new MigrationStep(next, given, StreamCommand.Start(given));
    }

    // The target may have started it without our hearing: only its word, or the rule of grants, lets anybody have the next epoch.
    private static MigrationStep TakeBack(in MigrationRow saga, in MigrationView view)
    {
        var command = Releases.Ask(view.Row, view.Context.Now, out var asked);
        return new MigrationStep(saga with { State = MigrationState.RolledBack }, asked, command);
    }

    private static MigrationStep AskAgain(in MigrationRow saga, in MigrationView view, in LeaseRow? asked, in StreamCommand command)
    {
        var next = saga with { Asked = saga.Asked + 1, Deadline = view.Context.Now + Asking.Every };
        return new MigrationStep(next, view.Row, asked is { State: LeaseState.Live } ? command : default);
    }

    private static MigrationStep End(in MigrationRow saga, MigrationState end, in AssignmentRow row)
    {
        Invariant.Holds(!saga.IsOver, "saga", $"the move of {saga.Stream} would end twice");
        return new MigrationStep(saga with { State = end }, row, default);
    }

    private static MigrationStep Stay(in MigrationRow saga, in MigrationView view) => new(saga, view.Row, default);

    private static bool Speaks(in MigrationEvent happened, Incarnation incarnation, Epoch epoch) =>
        happened.Epoch == epoch && happened.Incarnation == incarnation;

    private static bool LostTheRow(in MigrationRow saga, in AssignmentRow row) => saga.State == MigrationState.Releasing
        ? !(row.Migrating && row.State == AssignmentState.Releasing && row.IsGrantedTo(saga.Source, saga.SourceEpoch))
        : !(row.Migrating && row.State == AssignmentState.Starting && row.IsGrantedTo(saga.Target, saga.TargetEpoch));
}
