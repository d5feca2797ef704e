using Weir.Core.Assignments;
using Weir.Core.Consistency;
using Weir.Core.Identity;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Consistency;

[Unit]
public sealed class RepairsTests
{
    [Theory]
    [InlineData(AssignmentState.Owned, 10, null, FindingKind.NotRunning)]
    [InlineData(AssignmentState.Starting, 10, null, FindingKind.None)]
    [InlineData(AssignmentState.Owned, 10, 100L, FindingKind.None)]
    [InlineData(AssignmentState.Owned, 10, 90L, FindingKind.OlderEpoch)]
    [InlineData(AssignmentState.Owned, 11, 90L, FindingKind.NotGranted)]
    [InlineData(AssignmentState.Unowned, 10, 100L, FindingKind.NotGranted)]
    [InlineData(AssignmentState.Owned, 11, 101L, FindingKind.LostHistory)]
    public void Check_ListedAgainstRow_FindsTheDifference(AssignmentState state, long owner, long? heldAt, FindingKind expected)
    {
        var holding = heldAt is { } epoch ? Held(epoch) : (Holding?)null;

        Assert.Equal(expected, Repairs.Check(Rows.Row(state, incarnation: owner), Rows.Old, holding));
    }

    [Fact]
    public void Decide_RunsWhatAnotherOwns_IsToldToStopAtTheEpochItHolds()
    {
        var command = Repairs.Decide(Rows.Row(AssignmentState.Owned, incarnation: 11), Rows.Lease(), Held(90), Rows.Context(), out var row);

        Assert.Equal((CommandKind.Release, new Epoch(90), Rows.Old), (command.Kind, command.Epoch, command.Incarnation));
        Assert.Equal(Rows.Row(AssignmentState.Owned, incarnation: 11), row);
    }

    [Fact]
    public void Decide_RunsUnderAnEpochTheDatabaseLost_KeepsItThere()
    {
        var command = Repairs.Decide(Rows.Row(AssignmentState.Owned, incarnation: 11), Rows.Lease(), Held(101), Rows.Context(), out var row);

        Assert.Equal(CommandKind.Start, command.Kind);
        Assert.Equal((Rows.Old, new Epoch(200)), (row.Incarnation, row.Epoch));
    }

    [Fact]
    public void Digest_OrderDoesNotMatterAndTakingOutUndoes()
    {
        var (a, b) = (StreamId.Parse("a"), StreamId.Parse("b"));
        var one = default(HoldingsDigest).Toggle(a, new Epoch(1)).Toggle(b, new Epoch(2));
        var two = default(HoldingsDigest).Toggle(b, new Epoch(2)).Toggle(a, new Epoch(1));

        Assert.Equal(one, two);
        Assert.Equal(default, one.Toggle(a, new Epoch(1)).Toggle(b, new Epoch(2)));
        Assert.NotEqual(one, default(HoldingsDigest).Toggle(a, new Epoch(2)).Toggle(b, new Epoch(1)));
    }

    private static Holding Held(long epoch) => new(Rows.Stream, new Epoch(epoch), Stopping: false);
}
