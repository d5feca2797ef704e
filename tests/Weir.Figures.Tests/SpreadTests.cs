using Weir.Figures.Ticks;
using Weir.Testing.Traits;

namespace Weir.Figures.Tests;

[Unit]
public sealed class SpreadTests
{
    [Theory]
    [InlineData(0.5, 100, 50)]
    [InlineData(0.99, 100, 99)]
    [InlineData(0.95, 20, 19)]
    [InlineData(0.99, 8, 8)]
    [InlineData(0.5, 1, 1)]
    [InlineData(0, 10, 1)]
    [InlineData(1, 10, 10)]
    [InlineData(0.07, 100, 7)]
    [InlineData(0.55, 100, 55)]
    public void At_OfOneToMany_IsTheNearestRank(double part, int count, double expected) =>
        Assert.Equal(expected, new Spread(Enumerable.Range(1, count).Reverse().Select(value => (double)value)).At(part));

    [Fact]
    public void Nothing_HasNoPercentile_AndMeetsNoGoal()
    {
        var nothing = new Spread([]);

        Assert.Equal((0, double.NaN, double.NaN), (nothing.Count, nothing.Max, nothing.At(0.5)));
        Assert.False(new Figure("r", "n", nothing.Max, Goal: 5).IsMet);
        Assert.False(new Figure("r", "n", nothing.Max, Goal: 5, IsLeast: true).IsMet);
    }

    [Fact]
    public void Max_IsTheLongest_AlsoWhenItHasNoEnd() => Assert.Equal(double.PositiveInfinity, new Spread([1, double.PositiveInfinity, 3]).Max);
}
