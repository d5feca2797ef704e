using CsCheck;
using Weir.Core.Balance;
using Weir.Testing.Traits;

namespace Weir.Core.Tests;

[Unit]
public sealed class BalanceScoreTests
{
    [Theory]
    [InlineData(new double[0], 1)]
    [InlineData(new[] { 3.0 }, 1)]
    [InlineData(new[] { 0.0, 0.0 }, 1)]
    [InlineData(new[] { 0.5, 0.5, 0.5 }, 1)]
    [InlineData(new[] { 1.0, 3.0 }, 0.292893218813)]
    [InlineData(new[] { 0.0, 0.0, 0.0, 1.0 }, 0)]
    [Seed("load.balance-score-calculation")]
    public void Of_KnownFleets_GivesTheFormulasValue(double[] loads, double wanted) =>
        Assert.Equal(wanted, BalanceScore.Of(loads), 1e-9);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Of_LoadThatIsNone_RefusesAndNamesItsPlace(double bad)
    {
        var refusal = Assert.Throws<ArgumentException>(() => BalanceScore.Of([0.5, bad]));

        Assert.Contains("loads[1]", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Property_ScoreIsBetweenZeroAndOneAndBlindToOrderAndScale() =>
        Gen.Double[0, 1e6].Array[0, 50].Sample(loads =>
        {
            var score = BalanceScore.Of(loads);
            var reversed = BalanceScore.Of(loads.Reverse().ToArray());
            var scaled = BalanceScore.Of(loads.Select(l => l * 3).ToArray());

            Assert.InRange(score, 0, 1);
            Assert.Equal(score, reversed, 1e-6);
            Assert.Equal(score, scaled, 1e-6);
        });
}
