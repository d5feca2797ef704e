using Weir.Core.Eras;
using Weir.Core.Identity;
using Weir.Core.Invariants;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Eras;

[Unit]
public sealed class EraChangeTests
{
    private const long AMonth = 30L * 24 * 3600 * 1000;
    private static readonly DatabaseIdentity Here = new(1, 1, 1);
    private static readonly DatabaseIdentity Restored = new(1, 2, 1);

    [Fact]
    public void MayDraw_OtherDatabaseOrCollecting_DoesNot()
    {
        var open = EraRow.First(Here, new Epoch(5));

        Assert.True(EraChange.MayDraw(open, Here));
        Assert.False(EraChange.MayDraw(open, Restored));
        Assert.False(EraChange.MayDraw(open with { Phase = EraPhase.Collecting }, Here));
    }

    [Fact]
    public void Begin_TwiceFromTheSameCopy_TheLaterLifeIsAboveAllTheEarlierDrew()
    {
        var copy = EraRow.First(Here, Era.FirstEpochAt(AMonth));
        var drawn = new Epoch(copy.Began.Value + 50);

        var first = EraChange.Begin(copy, Restored, drawn, Epoch.None, AMonth + 1000);
        var second = EraChange.Begin(copy, Restored, drawn, Epoch.None, AMonth + 2000);

        Assert.True(first.Began > drawn);
        Assert.True(second.Began.Value >= first.Began.Value + 1000 * 8192, "room for 8,192 epochs a millisecond");
    }

    [Theory]
    [InlineData(7_000_000_000_000_000, 5)]
    [InlineData(5, 7_000_000_000_000_000)]
    public void Begin_WallClockSetBack_IsAboveAllThatIsKnown(long drawn, long reported)
    {
        var began = EraChange.Begin(EraRow.First(Here, new Epoch(1)), Restored, new Epoch(drawn), new Epoch(reported), 1000).Began;

        Assert.Equal(7_000_000_000_000_001, began.Value);
    }

    [Fact]
    public void Begin_WhereTheClocksEpochIsDrawnAlready_IsAboveIt()
    {
        var drawn = Era.FirstEpochAt(AMonth);

        Assert.Equal(drawn.Value + 1, EraChange.Begin(EraRow.First(Here, new Epoch(1)), Restored, drawn, Epoch.None, AMonth).Began.Value);
    }

    [Fact]
    public void Begin_SameDatabase_Throws() =>
        Assert.Throws<InvariantViolatedException>(() => EraChange.Begin(EraRow.First(Here, default), Here, default, default, 1));

    [Fact]
    public void Open_SomebodyNotHeard_Throws() =>
        Assert.Throws<InvariantViolatedException>(() => EraChange.Open(EraRow.First(Here, default) with { Phase = EraPhase.Collecting }, unlisted: 1));

    [Theory]
    [InlineData(10, 9, 10)]
    [InlineData(10, 11, 11)]
    public void Raise_WorkerNamesAnEpochNeverDrawn_GoesOnAboveIt(long drawn, long reported, long expected) =>
        Assert.Equal(expected, EraChange.Raise(new Epoch(drawn), new Epoch(reported)).Value);

    [Fact]
    public void Aged_OtherEraOrLess_ChangesNothing()
    {
        var row = EraRow.First(Here, new Epoch(5)) with { Quiet = Rows.Seconds(3) };

        Assert.Equal(Rows.Seconds(4), EraChange.Aged(row, new Epoch(5), Rows.Seconds(4)).Quiet);
        Assert.Equal(row, EraChange.Aged(row, new Epoch(4), Rows.Seconds(4)));
        Assert.Equal(row, EraChange.Aged(row, new Epoch(5), Rows.Seconds(2)));
    }
}
