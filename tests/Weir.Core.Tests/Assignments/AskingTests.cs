using Weir.Core.Assignments;
using Weir.Core.Leases;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Assignments;

[Unit]
public sealed class AskingTests
{
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(100);

    [Theory]
    [InlineData(99, true)]
    [InlineData(100, true)]
    [InlineData(100.5, false)]
    [InlineData(3700, true)]
    public void Due_DeadlinePassedOrFurtherAheadThanAnyIsSet_IsDue(double deadline, bool due) =>
        Assert.Equal(due, Asking.IsDue(Rows.Seconds(deadline), Now));

    [Theory]
    [InlineData(AssignmentState.Starting, 0, CommandKind.Start, AssignmentState.Starting)]
    [InlineData(AssignmentState.Starting, 3, CommandKind.Release, AssignmentState.Releasing)]
    [InlineData(AssignmentState.Releasing, 50, CommandKind.Release, AssignmentState.Releasing)]
    [InlineData(AssignmentState.Owned, 0, CommandKind.None, AssignmentState.Owned)]
    public void Again_DeadlinePassed_AsksAndNeverGrants(AssignmentState state, int asked, CommandKind sends, AssignmentState after)
    {
        var row = Rows.Row(state) with { Asked = asked };

        var command = Asking.Again(row, Rows.Lease(), Now, out var next);

        Assert.Equal((sends, after), (command.Kind, next.State));
        Assert.Equal((row.Epoch, row.Incarnation), (next.Epoch, next.Incarnation));
    }

    [Fact]
    public void Again_OwnerFenced_IsNotAskedAndKeepsTheRow()
    {
        var row = Rows.Row(AssignmentState.Starting) with { Asked = 9 };

        var command = Asking.Again(row, Rows.Lease(state: LeaseState.Fenced), Now, out var next);

        Assert.Equal(CommandKind.None, command.Kind);
        Assert.Equal(AssignmentState.Starting, next.State);
    }

    [Fact]
    public void Again_WhileAMigrationHasTheRow_IsTheSagas()
    {
        var row = Rows.Row(AssignmentState.Starting) with { Migrating = true };

        var command = Asking.Again(row, Rows.Lease(), Now, out var next);

        Assert.Equal((CommandKind.None, row), (command.Kind, next));
    }

    [Fact]
    public void Hold_AskedOftenBefore_IsReleasedWithAllItsTries()
    {
        Holds.Put(Rows.Row(AssignmentState.Starting) with { Asked = 3 }, StreamHold.Paused, Now, out var held);

        Assert.Equal((AssignmentState.Releasing, 0), (held.State, held.Asked));
    }

    [Fact]
    public void Hold_Owned_IsReleasedAtItsEpochAndLiftedAboveIt()
    {
        var row = Rows.Row(AssignmentState.Owned);

        var command = Holds.Put(row, StreamHold.Withdrawn, Now, out var held);
        var lifted = Holds.Lift(held);

        Assert.Equal((CommandKind.Release, row.Epoch), (command.Kind, command.Epoch));
        Assert.Equal((row.Epoch, StreamHold.None), (lifted.Epoch, lifted.Hold));
    }
}
