using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Sagas;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Sagas;

[Unit]
public sealed class MigrationsTests
{
    private static readonly LeaseRow Target = Rows.Lease(20, worker: Rows.Other, process: "p2");

    [Fact]
    public void Begin_Owned_ReleasesAtTheSourcesEpoch()
    {
        var row = Rows.Row(AssignmentState.Owned);

        var begun = Migrations.TryBegin(row, new GrantProposal(row.Stream, row.Epoch, row.State, Rows.New), TimeSpan.Zero, out var step);

        Assert.True(begun);
        Assert.Equal((CommandKind.Release, row.Epoch), (step.Command.Kind, step.Command.Epoch));
        Assert.Equal((AssignmentState.Releasing, true), (step.Row.State, step.Row.Migrating));
    }

    [Theory]
    [InlineData(AssignmentState.Starting)]
    [InlineData(AssignmentState.Releasing)]
    [InlineData(AssignmentState.Unowned)]
    public void Begin_NotOwned_IsDropped(AssignmentState state)
    {
        var row = Rows.Row(state);

        Assert.False(Migrations.TryBegin(row, new GrantProposal(row.Stream, row.Epoch, row.State, Rows.New), TimeSpan.Zero, out _));
    }

    [Theory]
    [InlineData(StreamHold.Paused, false, 20)]
    [InlineData(StreamHold.None, true, 20)]
    [InlineData(StreamHold.None, false, 10)]
    public void Begin_HeldOrMovingOrThereAlready_IsDropped(StreamHold hold, bool migrating, long target)
    {
        var row = Rows.Row(AssignmentState.Owned) with { Hold = hold, Migrating = migrating };

        Assert.False(Migrations.TryBegin(row, new GrantProposal(row.Stream, row.Epoch, row.State, new Incarnation(target)), TimeSpan.Zero, out _));
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 0)]
    public void Releasing_TargetSuspectOrTakesNoStreams_RollsBackToUnowned(bool takesStreams, double quiet)
    {
        var view = new MigrationView(
            Rows.Row(AssignmentState.Releasing) with { Migrating = true }, Rows.Lease(), Target with { Quiet = Rows.Seconds(quiet) }, takesStreams, Rows.Context());

        var step = Migrations.Decide(Releasing(), Stopped(10, 100), view);

        Assert.Equal((MigrationState.RolledBack, AssignmentState.Unowned, CommandKind.None), (step.Saga.State, step.Row.State, step.Command.Kind));
    }

    [Theory]
    [InlineData(LeaseState.Live, CommandKind.Release)]
    [InlineData(LeaseState.Fenced, CommandKind.None)]
    public void Releasing_DeadlinePassed_IsAskedAgainOfALivingSourceOnly(LeaseState source, CommandKind sends)
    {
        var step = Decide(Releasing() with { Asked = 2 }, LookAgain, source: Rows.Lease(state: source));

        Assert.Equal((sends, 3), (step.Command.Kind, step.Saga.Asked));
    }

    [Fact]
    public void Releasing_AskedOften_StartsWithAllItsTries() => Assert.Equal(0, Decide(Releasing() with { Asked = 3 }, Stopped(10, 100)).Saga.Asked);

    [Fact]
    public void Releasing_Released_StartsAtAHigherEpoch()
    {
        var step = Decide(Releasing(), Stopped(10, 100));

        Assert.Equal((MigrationState.Starting, CommandKind.Start, new Epoch(200)), (step.Saga.State, step.Command.Kind, step.Command.Epoch));
        Assert.Equal(Rows.New, step.Row.Incarnation);
    }

    [Theory]
    [InlineData(10, 99)]
    [InlineData(20, 100)]
    public void Releasing_StaleRelease_ChangesNothing(long incarnation, long epoch)
    {
        var step = Decide(Releasing(), Stopped(incarnation, epoch));

        Assert.Equal((Releasing(), CommandKind.None), (step.Saga, step.Command.Kind));
    }

    [Theory]
    [InlineData(LeaseState.Live, 0, MigrationState.Releasing)]
    [InlineData(LeaseState.Fenced, 7.9, MigrationState.Releasing)]
    [InlineData(LeaseState.Fenced, 8, MigrationState.Starting)]
    public void Releasing_NoAnswer_GoesOnOnlyByTheRuleOfGrants(LeaseState source, double quiet, MigrationState after)
    {
        var step = Decide(Releasing() with { Asked = 99 }, LookAgain, source: Rows.Lease(state: source, quiet: quiet));

        Assert.Equal(after, step.Saga.State);
    }

    [Fact]
    public void Releasing_TargetGone_RollsBackToUnowned()
    {
        var step = Decide(Releasing(), Stopped(10, 100), target: Target with { State = LeaseState.Fenced });

        Assert.Equal((MigrationState.RolledBack, AssignmentState.Unowned, false), (step.Saga.State, step.Row.State, step.Row.Migrating));
    }

    [Fact]
    public void Releasing_PausedMeanwhile_RollsBackAndGrantsNobody()
    {
        var step = Decide(Releasing(), Stopped(10, 100), hold: StreamHold.Paused);

        Assert.Equal((MigrationState.RolledBack, AssignmentState.Unowned), (step.Saga.State, step.Row.State));
    }

    [Fact]
    public void Releasing_HandlerStuck_FailsAndLeavesTheStreamWhereItIs()
    {
        var step = Decide(Releasing(), new MigrationEvent(MigrationEventKind.Stuck, Rows.Old, new Epoch(100)));

        Assert.Equal((MigrationState.Failed, AssignmentState.Releasing, Rows.Old, false), (step.Saga.State, step.Row.State, step.Row.Incarnation, step.Row.Migrating));
    }

    [Fact]
    public void Starting_Started_Completes()
    {
        var step = Decide(Starting(), new MigrationEvent(MigrationEventKind.Started, Rows.New, new Epoch(150)));

        Assert.Equal((MigrationState.Completed, AssignmentState.Owned, false), (step.Saga.State, step.Row.State, step.Row.Migrating));
    }

    [Theory]
    [InlineData(0, CommandKind.Start, MigrationState.Starting)]
    [InlineData(2, CommandKind.Start, MigrationState.Starting)]
    [InlineData(3, CommandKind.Release, MigrationState.RolledBack)]
    public void Starting_NoAnswer_AsksThreeTimesThenTakesItBack(int asked, CommandKind sends, MigrationState after)
    {
        var step = Decide(Starting() with { Asked = asked }, LookAgain);

        Assert.Equal((sends, after), (step.Command.Kind, step.Saga.State));
        Assert.Equal(new Epoch(150), step.Row.Epoch);
    }

    [Fact]
    public void Starting_TargetFenced_RollsBackAndLeavesTheRowToTheRuleOfGrants()
    {
        var step = Decide(Starting(), LookAgain, target: Target with { State = LeaseState.Fenced });

        Assert.Equal((MigrationState.RolledBack, AssignmentState.Starting, Rows.New), (step.Saga.State, step.Row.State, step.Row.Incarnation));
    }

    [Fact]
    public void AnyState_RowTakenByAnother_RollsBackAndTouchesNothing()
    {
        var row = Rows.Row(AssignmentState.Starting, epoch: 300, incarnation: 30);

        var step = Migrations.Decide(Starting(), LookAgain, new MigrationView(row, Rows.Lease(), Target, true, Rows.Context()));

        Assert.Equal((MigrationState.RolledBack, row, CommandKind.None), (step.Saga.State, step.Row, step.Command.Kind));
    }

    [Theory]
    [InlineData(MigrationState.Completed)]
    [InlineData(MigrationState.RolledBack)]
    [InlineData(MigrationState.Failed)]
    public void Over_AnyEvent_ChangesNothing(MigrationState end)
    {
        var saga = Releasing() with { State = end };

        Assert.Equal(saga, Decide(saga, Stopped(10, 100)).Saga);
    }

    private static MigrationEvent LookAgain => default(MigrationEvent) with { Kind = MigrationEventKind.LookAgain };

    private static MigrationRow Releasing() => new(Rows.Stream, Rows.Old, new Epoch(100), Rows.New);

    private static MigrationRow Starting() => Releasing() with { State = MigrationState.Starting, TargetEpoch = new Epoch(150) };

    private static MigrationEvent Stopped(long incarnation, long epoch) => new(MigrationEventKind.Stopped, new Incarnation(incarnation), new Epoch(epoch));

    private static MigrationStep Decide(
        in MigrationRow saga, in MigrationEvent happened, LeaseRow? source = null, LeaseRow? target = null, StreamHold hold = StreamHold.None)
    {
        var row = saga.State == MigrationState.Starting
            ? Rows.Row(AssignmentState.Starting, epoch: 150, incarnation: 20) with { Worker = Rows.Other }
            : Rows.Row(AssignmentState.Releasing);
        var view = new MigrationView(row with { Migrating = true, Hold = hold }, source ?? Rows.Lease(), target ?? Target, TargetTakesStreams: true, Rows.Context());
        return Migrations.Decide(saga, happened, view);
    }
}
