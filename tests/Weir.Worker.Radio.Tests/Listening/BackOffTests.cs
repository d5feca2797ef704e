using Weir.Testing.Traits;
using Weir.Worker.Radio.Listening;

namespace Weir.Worker.Radio.Tests.Listening;

[Unit]
public sealed class BackOffTests
{
    private static readonly RadioOptions Options = new() { RetryFirst = TimeSpan.FromSeconds(1), RetryMost = TimeSpan.FromSeconds(5) };

    [Fact]
    public void Next_Failures_DoubleUpToTheMostAndStayThere()
    {
        var backOff = new BackOff(Options, () => 1);

        Assert.Equal([1, 2, 4, 5, 5, 5], Enumerable.Range(0, 6).Select(_ => backOff.Next(TimeSpan.Zero).TotalSeconds));
    }

    [Fact]
    public void Next_Chance_TakesAtMostHalf() => Assert.Equal(0.5, new BackOff(Options, () => 0).Next(TimeSpan.Zero).TotalSeconds);

    [Theory]
    [InlineData(29, 4)]
    [InlineData(30, 1)]
    public void Next_AfterAGoodWhile_IsTheFirstAgain(int listened, int seconds)
    {
        var backOff = new BackOff(Options, () => 1);
        backOff.Next(TimeSpan.Zero);
        backOff.Next(TimeSpan.Zero);

        Assert.Equal(seconds, backOff.Next(TimeSpan.FromSeconds(listened)).TotalSeconds);
    }

    [Fact]
    public void Next_TenThousandFailures_StaysFinite()
    {
        var backOff = new BackOff(Options, () => 1);

        Assert.All(Enumerable.Range(0, 10_000), _ => Assert.InRange(backOff.Next(TimeSpan.Zero).TotalSeconds, 1, 5));
    }
}
