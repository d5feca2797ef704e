using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Invariants;
using Weir.Core.Leases;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Assignments;

[Unit]
public sealed class GrantsTests
{
    [Theory]
    [InlineData(StreamClass.Unfenced, LeaseState.Live, 100, false)]
    [InlineData(StreamClass.Fenced, LeaseState.Live, 100, false)]
    [InlineData(StreamClass.Fenced, LeaseState.Fenced, 4, true)]
    [InlineData(StreamClass.Unfenced, LeaseState.Fenced, 12.9, false)]
    [InlineData(StreamClass.Unfenced, LeaseState.Fenced, 13, true)]
    public void MayGrant_ByClassAndQuiet_WaitsForTtlAndLocalMode(StreamClass streamClass, LeaseState state, double quiet, bool may)
    {
        var row = Rows.Row(AssignmentState.Owned, streamClass: streamClass, localMode: 5);

        Assert.Equal(may, Grants.MayGrant(row, Rows.Lease(state: state, quiet: quiet), Rows.Times));
    }

    [Fact]
    public void MayGrant_Stopped_NeedNotWait() => Assert.True(Grants.MayGrant(Rows.Row(AssignmentState.Owned), Fencing.Stop(Rows.Lease()), Rows.Times));

    [Fact]
    public void MayGrant_NoLeaseKnown_Waits() => Assert.False(Grants.MayGrant(Rows.Row(AssignmentState.Starting), null, Rows.Times));

    [Fact]
    public void MayGrant_AnotherIncarnationsLease_Throws() =>
        Assert.Throws<InvariantViolatedException>(() => Grants.MayGrant(Rows.Row(AssignmentState.Owned), Rows.Lease(11, LeaseState.Fenced), Rows.Times));

    [Fact]
    public void Place_UnownedOnLiveTarget_StartsItAtTheDrawnEpoch()
    {
        var row = Rows.Row(AssignmentState.Unowned);

        var outcome = Grants.Place(row, null, Proposal(row), Target(), Rows.Context(), out var granted);

        Assert.Equal(GrantOutcome.Granted, outcome);
        Assert.Equal((new Epoch(200), Rows.New, AssignmentState.Starting), (granted.Epoch, granted.Incarnation, granted.State));
    }

    [Fact]
    public void Place_RowNoLongerAsThePlanSaw_IsDropped()
    {
        var row = Rows.Row(AssignmentState.Unowned);
        var proposal = Proposal(row) with { SeenEpoch = new Epoch(99) };

        Assert.Equal(GrantOutcome.RowChanged, Grants.Place(row, null, proposal, Target(), Rows.Context(), out _));
    }

    [Theory]
    [InlineData(LeaseState.Fenced, 0)]
    [InlineData(LeaseState.Live, 3)]
    public void Place_TargetFencedOrSuspect_IsDropped(LeaseState state, double quiet)
    {
        var row = Rows.Row(AssignmentState.Unowned);

        Assert.Equal(GrantOutcome.TargetGone, Grants.Place(row, null, Proposal(row), Rows.Lease(20, state, quiet), Rows.Context(), out _));
    }

    [Theory]
    [InlineData(StreamClass.Unfenced, GrantOutcome.EraTooYoung)]
    [InlineData(StreamClass.Fenced, GrantOutcome.Granted)]
    public void Place_SoonAfterARestore_WaitsOnlyWhereTheSinkCannotTell(StreamClass streamClass, GrantOutcome expected)
    {
        var row = Rows.Row(AssignmentState.Unowned, streamClass: streamClass);

        Assert.Equal(expected, Grants.Place(row, null, Proposal(row), Target(), Rows.Context(eraQuiet: 7.9), out _));
    }

    [Fact]
    public void Place_WhileAMigrationHasTheRow_IsDropped()
    {
        var row = Rows.Row(AssignmentState.Unowned) with { Migrating = true };

        Assert.Equal(GrantOutcome.Held, Grants.Place(row, null, Proposal(row), Target(), Rows.Context(), out _));
    }

    [Fact]
    public void Place_AskedOftenBefore_StartsWithAllItsTries()
    {
        var row = Rows.Row(AssignmentState.Unowned) with { Asked = 3 };

        Grants.Place(row, null, Proposal(row), Target(), Rows.Context(), out var granted);

        Assert.Equal(0, granted.Asked);
    }

    [Theory]
    [InlineData(StreamHold.Paused)]
    [InlineData(StreamHold.Quarantined)]
    [InlineData(StreamHold.Withdrawn)]
    public void Place_Held_IsDropped(StreamHold hold)
    {
        var row = Rows.Row(AssignmentState.Unowned) with { Hold = hold };

        Assert.Equal(GrantOutcome.Held, Grants.Place(row, null, Proposal(row), Target(), Rows.Context(), out _));
    }

    [Fact]
    public void Place_EpochNotAboveTheLast_Throws()
    {
        var row = Rows.Row(AssignmentState.Unowned);

        Assert.Throws<InvariantViolatedException>(() => Grants.Place(row, null, Proposal(row), Target(), Rows.Context(drawn: 100), out _));
    }

    [Fact]
    public void Version_TwoPlansFromOneVersion_OnlyOneWins()
    {
        var version = new PoolVersion(new Epoch(1), 7);

        Assert.True(version.TryAdvance(version, out var next));
        Assert.False(next.TryAdvance(version, out var unchanged));
        Assert.Equal(next, unchanged);
    }

    [Fact]
    public void Version_SameNumberOfAnotherLife_IsStale() =>
        Assert.False(new PoolVersion(new Epoch(2), 7).TryAdvance(new PoolVersion(new Epoch(1), 7), out _));

    private static GrantProposal Proposal(in AssignmentRow row) => new(row.Stream, row.Epoch, row.State, Rows.New);

    private static LeaseRow Target() => Rows.Lease(20, worker: Rows.Other, process: "p2");
}
