using Weir.Testing.Traits;
using Weir.Worker.Radio.Plays;

namespace Weir.Worker.Radio.Tests.Plays;

[Unit]
public sealed class PlayBookTests
{
    private const long Same = 15_000;

    [Fact]
    public void Heard_SameTitle_IsOnePlayThatGoesOn()
    {
        var book = new PlayBook(null, Same);
        Assert.True(book.Heard("a", 1_000));

        Assert.False(book.Heard("a", 1_500));

        Assert.Equal([new Play(1_000, "a", 1_500, null, 500)], book.Take(1_600).Plays);
    }

    [Fact]
    public void Heard_OtherTitle_EndsOneAndBeginsTheNextWithoutAGap()
    {
        var book = new PlayBook(null, Same);
        book.Heard("a", 1_000);

        Assert.True(book.Heard("b", 5_000));

        Assert.Equal([new Play(1_000, "a", 5_000, 5_000, 4_000), new Play(5_000, "b", 5_000, null, 0)], book.Take(5_000).Plays);
    }

    [Fact]
    public void Heard_AfterAMove_GoesOnWithTheRowOfTheOwnerBefore()
    {
        var book = new PlayBook(new PlayMark(1_000, "a", 9_000, HasEnded: false), Same);

        Assert.True(book.Heard("a", 12_000));

        Assert.Equal([new Play(1_000, "a", 12_000, null, 3_000)], book.Take(12_000).Plays);
    }

    [Fact]
    public void Heard_AfterAMoveAndAnotherTitle_ClosesTheRowOfTheOwnerBefore()
    {
        var book = new PlayBook(new PlayMark(1_000, "a", 9_000, HasEnded: false), Same);

        book.Heard("b", 12_000);

        Assert.Equal([new Play(1_000, "a", 12_000, 12_000, 3_000), new Play(12_000, "b", 12_000, null, 0)], book.Take(12_000).Plays);
    }

    [Fact]
    public void Heard_AfterAMoveThatTookTooLong_IsAPlayOfItsOwn()
    {
        var book = new PlayBook(new PlayMark(1_000, "a", 9_000, HasEnded: false), Same);

        book.Heard("a", 24_001);

        Assert.Equal([new Play(1_000, "a", 9_000, 9_000, 0), new Play(24_001, "a", 24_001, null, 0)], book.Take(24_001).Plays);
    }

    [Fact]
    public void Take_UnheardForTooLong_HasEndedWhenItWasLastHeard()
    {
        var book = new PlayBook(null, Same);
        book.Heard("a", 1_000);
        book.Written(book.Take(1_000));

        Assert.Empty(book.Take(16_000).Plays);
        Assert.Equal([new Play(1_000, "a", 1_000, 1_000, 0)], book.Take(16_001).Plays);
        Assert.Null(book.Title);
    }

    [Fact]
    public void Written_PageIsOld_KeepsWhatCameSince()
    {
        var book = new PlayBook(null, Same);
        book.Heard("a", 1_000);
        var page = book.Take(1_000);
        book.Heard("a", 2_000);

        book.Written(page);
        var next = book.Take(2_000);
        book.Written(next);

        Assert.Equal(2_000, Assert.Single(next.Plays).SeenMs);
        Assert.Empty(book.Take(2_000).Plays);
    }

    [Fact]
    public void Heard_ClockStepsBack_NothingDoes()
    {
        var book = new PlayBook(new PlayMark(50_000, "a", 60_000, HasEnded: true), Same);

        book.Heard("b", 10_000);
        book.Heard("c", 9_000);
        var plays = book.Take(9_000).Plays;

        Assert.Equal(50_001, plays[0].BeganMs);
        Assert.All(plays, play => Assert.True(play.SeenMs >= play.BeganMs && play.GapMs >= 0));
    }

    [Fact]
    public void Heard_TitleWithEachBlock_IsAtMostOneRowASecond()
    {
        var book = new PlayBook(null, Same);

        for (var ms = 0; ms < 10_000; ms++)
            book.Heard($"title {ms}", ms);

        Assert.InRange(book.Take(10_000).Plays.Count, 9, 11);
    }

    [Fact]
    public void Take_DatabaseAwayForLong_KeepsTheLastHundredAndSaysHowManyWereGivenUp()
    {
        var book = new PlayBook(null, Same);
        for (var play = 0; play <= 150; play++)
            book.Heard($"{play}", play * 2_000);

        var page = book.Take(300_000);

        Assert.Equal(50, page.GivenUp);
        Assert.Equal(101, page.Plays.Count);
        Assert.Equal("150", page.Plays[^1].Title);
        Assert.Equal(0, book.Take(300_000).GivenUp);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void Mark_ThatIsNone_IsNone(string? checkpoint) => Assert.Null(PlayMark.Read(checkpoint));

    [Fact]
    public void Mark_ReadsAsItWasWritten()
    {
        var mark = new PlayMark(1, "Ünïcode 'quoted'", 2, HasEnded: true);

        Assert.Equal(mark, PlayMark.Read(mark.ToJson()));
    }
}
