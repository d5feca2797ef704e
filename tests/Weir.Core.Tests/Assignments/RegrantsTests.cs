using Weir.Core.Assignments;
using Weir.Core.Consistency;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Assignments;

[Unit]
public sealed class RegrantsTests
{
    private static readonly LeaseRow Before = Rows.Lease(10, LeaseState.Fenced, quiet: 1);

    [Fact]
    public void Held_BySameProcess_IsKeptAtANewEpoch()
    {
        var command = Regrants.Decide(Rows.Row(AssignmentState.Owned), Before, Rows.Lease(20), Holding(100), Rows.Context(), out var row);

        Assert.Equal((CommandKind.Start, new Epoch(200)), (command.Kind, command.Epoch));
        Assert.Equal((Rows.New, AssignmentState.Starting), (row.Incarnation, row.State));
    }

    [Fact]
    public void NotHeld_BySameProcess_IsStartedThereAgain()
    {
        var command = Regrants.Decide(Rows.Row(AssignmentState.Owned), Before, Rows.Lease(20), null, Rows.Context(), out _);

        Assert.Equal(CommandKind.Start, command.Kind);
    }

    [Theory]
    [InlineData(null, CommandKind.None)]
    [InlineData("p9", CommandKind.None)]
    [InlineData("p1", CommandKind.Start)]
    public void NotHeld_ByAnotherProcess_StartsOnlyIfTheFileNamesThePredecessor(string? predecessor, CommandKind sends)
    {
        var newest = Rows.Lease(20, process: "p2") with { Predecessor = predecessor };

        var command = Regrants.Decide(Rows.Row(AssignmentState.Owned), Before, newest, null, Rows.Context(), out _);

        Assert.Equal(sends, command.Kind);
    }

    [Theory]
    [InlineData(false, CommandKind.Start)]
    [InlineData(true, CommandKind.None)]
    public void Held_InAYoungEra_IsKeptOnlyWhileItRuns(bool stopping, CommandKind sends)
    {
        var holding = Holding(100) with { Stopping = stopping };

        var command = Regrants.Decide(Rows.Row(AssignmentState.Owned), Before, Rows.Lease(20), holding, Rows.Context(eraQuiet: 2), out _);

        Assert.Equal(sends, command.Kind);
    }

    [Fact]
    public void Paused_HeldOrNot_IsReleasedOrUnowned()
    {
        var paused = Rows.Row(AssignmentState.Releasing) with { Hold = StreamHold.Paused };

        var command = Regrants.Decide(paused, Before, Rows.Lease(20), Holding(100), Rows.Context(), out var held);
        Regrants.Decide(paused, Before, Rows.Lease(20), null, Rows.Context(), out var notHeld);

        Assert.Equal((CommandKind.Release, new Epoch(200), AssignmentState.Releasing), (command.Kind, command.Epoch, held.State));
        Assert.Equal((AssignmentState.Unowned, UnownedReason.NotHeld), (notHeld.State, notHeld.Reason));
    }

    [Theory]
    [InlineData(100, CommandKind.None)]
    [InlineData(101, CommandKind.Start)]
    public void Held_ByAProcessThatCannotVouch_IsKeptOnlyAboveTheRowsEpoch(long epoch, CommandKind sends)
    {
        var command = Regrants.Decide(Rows.Row(AssignmentState.Owned), Before, Rows.Lease(20, process: "p2"), Holding(epoch), Rows.Context(), out _);

        Assert.Equal(sends, command.Kind);
    }

    [Fact]
    public void NotHeld_InAYoungEra_Waits()
    {
        var command = Regrants.Decide(Rows.Row(AssignmentState.Owned), Before, Rows.Lease(20), null, Rows.Context(eraQuiet: 2), out _);

        Assert.Equal(CommandKind.None, command.Kind);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    public void GivenBack_WhateverTheProcessSaysItHolds_ItIsRegranted(long epoch)
    {
        var (row, newest) = (Rows.Row(AssignmentState.Owned), Rows.Lease(20));

        var command = Regrants.Decide(row, Before, newest, epoch == 0 ? null : Holding(epoch), Rows.Context(), out var regranted);

        Assert.True(Regrants.IsGivenBack(row, Before, newest));
        Assert.Equal((CommandKind.Start, Rows.New, Rows.Worker), (command.Kind, regranted.Incarnation, regranted.Worker));
    }

    [Fact]
    public void GivenBack_NotWithoutTheEarlierLease_NotToAnotherProcess_NotToAnotherWorker()
    {
        var row = Rows.Row(AssignmentState.Owned);

        Assert.False(Regrants.IsGivenBack(row, owner: null, Rows.Lease(20)));
        Assert.False(Regrants.IsGivenBack(row, Before, Rows.Lease(20, process: "p2")));
        Assert.False(Regrants.IsGivenBack(row, Before, Rows.Lease(20, worker: Rows.Other)));
        Assert.True(Regrants.IsGivenBack(row, Before, Rows.Lease(20, process: "p2") with { Predecessor = Before.Process }));
    }

    [Fact]
    public void RowOfALaterLifeThanTheNewestRead_IsLeftAlone() =>
        Assert.False(Regrants.Concerns(Rows.Row(AssignmentState.Owned, incarnation: 30), Rows.Lease(20)));

    [Fact]
    public void NewestFencedToo_NothingIsRegranted() =>
        Assert.Equal(CommandKind.None, Regrants.Decide(Rows.Row(AssignmentState.Owned), Before, Rows.Lease(20, LeaseState.Fenced), Holding(100), Rows.Context(), out _).Kind);

    private static Holding Holding(long epoch) => new(Rows.Stream, new Epoch(epoch), Stopping: false);
}
