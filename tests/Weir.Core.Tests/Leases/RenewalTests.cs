using Weir.Core.Leases;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Leases;

[Unit]
public sealed class RenewalTests
{
    [Fact]
    public void Renew_LiveAndLaterBeat_RenewsAndForgetsTheQuiet()
    {
        var row = Rows.Lease(quiet: 3.5);

        var outcome = Renewal.Decide(row, "p1", Beat(6), out var renewed);

        Assert.Equal(RenewOutcome.Renewed, outcome);
        Assert.Equal((6, TimeSpan.Zero), (renewed.Sequence, renewed.Quiet));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(4)]
    public void Renew_BeatNotAboveTheLast_IsStale(long sequence)
    {
        var row = Rows.Lease();

        var outcome = Renewal.Decide(row, "p1", Beat(sequence), out var renewed);

        Assert.Equal(RenewOutcome.Stale, outcome);
        Assert.Equal(row, renewed);
    }

    [Fact]
    public void Renew_FencedIncarnation_IsRefused()
    {
        var row = Rows.Lease(state: LeaseState.Fenced);

        var outcome = Renewal.Decide(row, "p1", Beat(6), out var renewed);

        Assert.Equal(RenewOutcome.Fenced, outcome);
        Assert.Equal(row, renewed);
    }

    [Fact]
    public void Renew_FencedAndAnotherProcessHasTheName_IsToldThatItIsSuperseded()
    {
        var outcome = Renewal.Decide(Rows.Lease(state: LeaseState.Fenced), "p2", Beat(6), out _);

        Assert.Equal(RenewOutcome.Superseded, outcome);
    }

    [Fact]
    public void Renew_CommandsUnread_IsRefused()
    {
        var outcome = Renewal.Decide(Rows.Lease() with { CommandsUnread = true }, "p1", Beat(6), out _);

        Assert.Equal(RenewOutcome.CommandsUnread, outcome);
    }

    [Fact]
    public void Renew_AnotherWorkersBeat_IsUnknown()
    {
        var outcome = Renewal.Decide(Rows.Lease(), "p1", Beat(6) with { Worker = Rows.Other }, out _);

        Assert.Equal(RenewOutcome.Unknown, outcome);
    }

    [Theory]
    [InlineData(6, 3, 3)]
    [InlineData(7, 3, 7)]
    public void Renew_EveryFourthBeat_SendsAMark(long sequence, long sentBefore, long sentAfter)
    {
        Renewal.Decide(Rows.Lease() with { MarkSent = sentBefore }, "p1", Beat(sequence), out var renewed);

        Assert.Equal(sentAfter, renewed.MarkSent);
    }

    [Fact]
    public void Renew_TakesWhatTheBeatSaysOfItsStreamsAndHandlers()
    {
        Renewal.Decide(Rows.Lease() with { Digest = 1, Stuck = 2 }, "p1", Beat(6) with { Digest = 7, Stuck = 1 }, out var renewed);

        Assert.Equal((7UL, 1), (renewed.Digest, renewed.Stuck));
    }

    [Theory]
    [InlineData(3, 7, 7)]
    [InlineData(7, 3, 7)]
    public void Renew_MarkRead_OnlyGrows(long before, long said, long after)
    {
        Renewal.Decide(Rows.Lease() with { MarkRead = before }, "p1", Beat(6) with { MarkRead = said }, out var renewed);

        Assert.Equal(after, renewed.MarkRead);
    }

    [Fact]
    public void Batch_TwoBeatsOfOneLife_KeepsTheHigherSequence() => Assert.Equal(9, Renewal.Later(Beat(9), Beat(7)).Sequence);

    private static Beat Beat(long sequence) => new(Rows.Worker, Rows.Old, sequence, Digest: 0, MarkRead: 0, Stuck: 0);
}
