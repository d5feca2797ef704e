using Weir.Core.Leases;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Leases;

[Unit]
public sealed class LeaseWatchTests
{
    [Theory]
    [InlineData(2.9, false, false)]
    [InlineData(3.0, true, false)]
    [InlineData(4.0, true, true)]
    public void Look_SilentFor_WritesAtSuspectAndFencesAtFenceAfter(double seconds, bool writes, bool fences)
    {
        var watch = LeaseWatch.Begin(Rows.Lease(), Rows.Seconds(100));

        watch.Look(Rows.Lease(), Context(100 + seconds), TimeSpan.Zero, out var mark);

        Assert.Equal(writes, mark is not null);
        Assert.Equal(fences, mark?.Fence ?? false);
    }

    [Fact]
    public void Look_NewSequence_BeginsWhenTheAnswerCame()
    {
        var watch = LeaseWatch.Begin(Rows.Lease(), Rows.Seconds(100));
        var context = Context(103) with { Answered = Rows.Seconds(105) };

        var next = watch.Look(Rows.Lease() with { Sequence = 6 }, context, TimeSpan.Zero, out var mark);

        Assert.Null(mark);
        Assert.Equal(Rows.Seconds(105), next.Since);
    }

    [Fact]
    public void Look_SuspectWrittenOnce_IsNotWrittenAtEachLook()
    {
        var watch = LeaseWatch.Begin(Rows.Lease(), Rows.Seconds(100)).Look(Rows.Lease(), Context(103), TimeSpan.Zero, out _);

        watch.Look(Rows.Lease(quiet: 3), Context(103.25), TimeSpan.Zero, out var again);

        Assert.Null(again);
    }

    [Fact]
    public void Look_MassSilence_WaitsForTwoLeasesAlsoWhenTheOthersAreBack()
    {
        var watch = LeaseWatch.Begin(Rows.Lease(), Rows.Seconds(100))
            .Look(Rows.Lease(), Context(104, mass: true), TimeSpan.Zero, out var during)
            .Look(Rows.Lease(), Context(110), TimeSpan.Zero, out var after);

        watch.Look(Rows.Lease(), Context(116), TimeSpan.Zero, out var end);

        Assert.Equal((false, false, true), (during?.Fence ?? false, after?.Fence ?? false, end?.Fence ?? false));
    }

    [Fact]
    public void Look_OthersMayHaveFallenSilentWithIt_WaitsUntilThatIsKnown_AndNoLonger()
    {
        var watch = LeaseWatch.Begin(Rows.Lease(), Rows.Seconds(100)).Look(Rows.Lease(), Context(104, isOpen: true), TimeSpan.Zero, out var open);

        watch.Look(Rows.Lease(), Context(104.25), TimeSpan.Zero, out var known);

        Assert.Equal((false, false, true), (open?.Fence, watch.WithMany, known?.Fence));
    }

    [Theory]
    [InlineData(8, 0, 8, true)]
    [InlineData(8, 20, 9, true)]
    [InlineData(28, 20, 28, true)]
    [InlineData(29, 20, 29, false)]
    public void Look_Fenced_GoesOnWritingUntilTheLongestWaitIsOver(double written, double localMode, double now, bool writes)
    {
        var row = Rows.Lease(state: LeaseState.Fenced, quiet: written - 1);
        if (!writes)
            row = row with { Quiet = Rows.Seconds(28) };

        LeaseWatch.Begin(row, Rows.Seconds(100)).Look(row, Context(100 + now), Rows.Seconds(localMode), out var mark);

        Assert.Equal(writes, mark is not null);
    }

    [Theory]
    [InlineData(99.8, 101.6, 101, true)]
    [InlineData(99.8, 101.2, 101, false)]
    [InlineData(99.8, 101.6, 99, false)]
    [InlineData(98.0, 101.6, 101, false)]
    [InlineData(101.0, 101.6, 101.5, false)]
    public void Look_QueuesGone_FencesAfterASecondAndAHalfUnlessABeatCameSince(double gone, double now, double canary, bool fences)
    {
        var watch = LeaseWatch.Begin(Rows.Lease(), Rows.Seconds(100)).QueuesGone(Rows.Seconds(gone));

        watch.Look(Rows.Lease(), Context(now) with { CanaryBack = Rows.Seconds(canary) }, TimeSpan.Zero, out var mark);

        Assert.Equal(fences, mark?.Fence ?? false);
    }

    [Fact]
    public void Look_QueuesGoneWhileManyAreSilent_WaitsAsLongAsForMany()
    {
        var watch = LeaseWatch.Begin(Rows.Lease(), Rows.Seconds(100)).QueuesGone(Rows.Seconds(100)) with { WithMany = true };

        watch.Look(Rows.Lease(), Context(101.6) with { CanaryBack = Rows.Seconds(101) }, TimeSpan.Zero, out var mark);

        Assert.Null(mark);
    }

    [Fact]
    public void Look_QueuesOfManyGone_ProvesNoDeath()
    {
        var watch = LeaseWatch.Begin(Rows.Lease(), Rows.Seconds(100)).QueuesGone(Rows.Seconds(100));

        watch.Look(Rows.Lease(), Context(101.6, mass: true) with { CanaryBack = Rows.Seconds(101) }, TimeSpan.Zero, out var mark);

        Assert.Null(mark);
    }

    [Theory]
    [InlineData(101.9, false)] // the way is not proved, but for less than a period of beats
    [InlineData(102.1, true)]
    [InlineData(150, true)]
    public void Anew_WhileNoCanaryComesBack_WaitsForAsLongAsForMany(double now, bool waits)
    {
        var canary = default(Canary).Send(Rows.Seconds(100)).Return(1, Rows.Seconds(100.1)).Send(Rows.Seconds(100.5));

        var watch = LeaseWatch.Begin(Rows.Lease(), Rows.Seconds(99)).Anew(Rows.Seconds(now), Rows.Seconds(now), canary, LeaseTimes.Fast);
        watch.Look(Rows.Lease(), Context(now + 4), TimeSpan.Zero, out var mark);

        Assert.Equal((waits, !waits), (watch.WithMany, mark?.Fence ?? false));
    }

    [Fact]
    public void Anew_BeforeTheFirstCanaryOrWhileItIsBack_KeepsWhoFellSilentWithManyAndAddsNobody()
    {
        var unproved = default(Canary).Send(Rows.Seconds(100));
        var proved = unproved.Return(1, Rows.Seconds(100.1));
        var alone = LeaseWatch.Begin(Rows.Lease(), Rows.Seconds(99));

        Assert.False(alone.Anew(Rows.Seconds(110), Rows.Seconds(110), unproved, LeaseTimes.Fast).WithMany);
        Assert.False(alone.Anew(Rows.Seconds(100.9), Rows.Seconds(100.9), proved, LeaseTimes.Fast).WithMany);
        Assert.True((alone with { WithMany = true }).Anew(Rows.Seconds(100.9), Rows.Seconds(100.9), proved, LeaseTimes.Fast).WithMany);
    }

    [Fact]
    public void Anew_AfterALookThatTookLong_BeginsWhenItWasAnsweredAndWaitsNoLonger()
    {
        var proved = default(Canary).Send(Rows.Seconds(100)).Return(1, Rows.Seconds(100.1));

        var watch = LeaseWatch.Begin(Rows.Lease(), Rows.Seconds(99)).Anew(Rows.Seconds(100.2), Rows.Seconds(103), proved, LeaseTimes.Fast);

        Assert.Equal((Rows.Seconds(103), false), (watch.Since, watch.WithMany));
    }

    [Fact]
    public void Anew_CountsNothingThatWasSeenBefore()
    {
        var before = LeaseWatch.Begin(Rows.Lease(), Rows.Seconds(90)).QueuesGone(Rows.Seconds(91)) with { Written = Rows.Seconds(9), UnreadSince = Rows.Seconds(80), UnreadMark = 4 };

        Assert.Equal(LeaseWatch.Begin(Rows.Lease(), Rows.Seconds(100)), before.Anew(Rows.Seconds(100), Rows.Seconds(100), default, LeaseTimes.Fast));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Look_QueuesToldGoneTwice_CountsFromTheFirstUnlessTheyWereBack(bool wereBack, bool fences)
    {
        var gone = LeaseWatch.Begin(Rows.Lease(), Rows.Seconds(100)).QueuesGone(Rows.Seconds(100));
        var again = (wereBack ? gone.QueuesBack() : gone).QueuesGone(Rows.Seconds(101));

        again.Look(Rows.Lease(), Context(101.6) with { CanaryBack = Rows.Seconds(101) }, TimeSpan.Zero, out var mark);

        Assert.Equal(fences, mark?.Fence ?? false);
    }

    [Theory]
    [InlineData(7.5, 7.9, false)]
    [InlineData(7.5, 8, true)]
    [InlineData(27.5, 27.9, false)]
    [InlineData(27.5, 28, true)]
    public void Look_AGrantMayWaitForThisVeryQuiet_WritesItAtOnce(double written, double now, bool writes)
    {
        var row = Rows.Lease(state: LeaseState.Fenced, quiet: written);

        LeaseWatch.Begin(row, Rows.Seconds(100)).Look(row, Context(100 + now), Rows.Seconds(20), out var mark);

        Assert.Equal(writes, mark is not null);
    }

    [Fact]
    public void Look_Stopped_HasNothingLeftToWrite()
    {
        var row = Fencing.Stop(Rows.Lease());

        LeaseWatch.Begin(row, Rows.Seconds(100)).Look(row, Context(106), Rows.Seconds(20), out var mark);

        Assert.Null(mark);
    }

    [Fact]
    public void Look_AnswerCameLate_CountsAnUnreadMarkOnlyUpToTheQuestion()
    {
        var row = Rows.Lease() with { MarkSent = 4 };
        var watch = LeaseWatch.Begin(row, Rows.Seconds(100)) with { UnreadSince = Rows.Seconds(85) };

        watch.Look(row, Context(100.9) with { Answered = Rows.Seconds(101.5) }, TimeSpan.Zero, out var mark);

        Assert.Null(mark);
    }

    [Fact]
    public void Look_MarkUnreadForTwoLeases_EndsRenewals()
    {
        var row = Rows.Lease() with { MarkSent = 4 };
        var watch = LeaseWatch.Begin(row, Rows.Seconds(100)) with { UnreadSince = Rows.Seconds(85), UnreadMark = 4 };

        watch.Look(row, Context(101), TimeSpan.Zero, out var mark);

        Assert.Equal((true, 4L), (mark?.CommandsUnread, mark?.UnreadMark));
    }

    [Fact]
    public void Look_MarkUnreadWhileItBeats_EndsRenewalsAndProvesNoSilence()
    {
        var row = Rows.Lease() with { MarkSent = 4 };
        var watch = LeaseWatch.Begin(row, Rows.Seconds(100)) with { UnreadSince = Rows.Seconds(85), UnreadMark = 4 };

        var next = watch.Look(row with { Sequence = 900, MarkSent = 900 }, Context(101), TimeSpan.Zero, out var mark);

        Assert.Equal((true, false, 4L, TimeSpan.Zero), (mark?.CommandsUnread, mark?.Fence, mark?.UnreadMark, mark?.Quiet));
        Assert.Equal((900L, Rows.Seconds(101), TimeSpan.Zero), (next.Sequence, next.Since, next.Written));
    }

    [Fact]
    public void Look_LaterMarksAreReadButNotTheNewest_TheWaitBeginsAnew()
    {
        var row = Rows.Lease() with { MarkSent = 12, MarkRead = 8 };
        var watch = LeaseWatch.Begin(row, Rows.Seconds(100)) with { UnreadSince = Rows.Seconds(85), UnreadMark = 8 };

        var next = watch.Look(row, Context(101), TimeSpan.Zero, out var mark);

        Assert.Null(mark);
        Assert.Equal((Rows.Seconds(101), 12L), (next.UnreadSince, next.UnreadMark));
    }

    [Theory]
    [InlineData(null, 10.0, false)]
    [InlineData(9.6, 10.0, true)]
    [InlineData(9.5, 10.0, true)]
    [InlineData(9.4, 10.0, false)]
    public void Pace_LookLateOrFirst_StartsAllWatchesAnew(double? previous, double now, bool goesOn) =>
        Assert.Equal(goesOn, LookPace.GoesOn(previous is { } at ? Rows.Seconds(at) : null, Rows.Seconds(now), Rows.Times.Look));

    [Fact]
    public void Canary_BackInTimeThenLate_IsGoodThenBad()
    {
        var canary = default(Canary).Send(Rows.Seconds(1)).Return(1, Rows.Seconds(1.2));

        Assert.True(canary.IsGood(Rows.Seconds(1.4)));
        Assert.False(canary.Send(Rows.Seconds(1.5)).IsGood(Rows.Seconds(2.1)));
        Assert.False(default(Canary).IsGood(Rows.Seconds(1)));
    }

    [Theory]
    [InlineData(1.2, false)]
    [InlineData(1.6, false)]
    public void Canary_FirstIsOnItsWay_ProvesNothing(double now, bool isGood) =>
        Assert.Equal(isGood, default(Canary).Send(Rows.Seconds(1)).IsGood(Rows.Seconds(now)));

    [Theory]
    [InlineData(2.0, true)]
    [InlineData(2.1, false)]
    public void Canary_BackAndNoneSentSince_IsGoodForTwoPeriods(double now, bool isGood) =>
        Assert.Equal(isGood, default(Canary).Send(Rows.Seconds(1)).Return(1, Rows.Seconds(1.2)).IsGood(Rows.Seconds(now)));

    [Fact]
    public void Canary_ComesBackLate_ProvesNothing()
    {
        var canary = default(Canary).Send(Rows.Seconds(1)).Return(1, Rows.Seconds(1.6));

        Assert.False(canary.IsGood(Rows.Seconds(1.6)));
    }

    // Three others that are silent, or as many whose beats are about due.
    private static LookContext Context(double now, bool mass = false, bool isOpen = false)
    {
        var fleet = new FleetSilence(Rows.Seconds(now));
        for (var other = 21; other <= 23 && (mass || isOpen); other++)
            fleet.Add(Rows.Lease(other), LeaseWatch.Begin(Rows.Lease(other), Rows.Seconds(mass ? 90 : now - 2)), Rows.Times);
        return new LookContext(Rows.Seconds(now), Rows.Seconds(now), Rows.Times, fleet, TimeSpan.Zero);
    }
}
