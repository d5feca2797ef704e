using Weir.Core.Balance;
using Weir.Testing.Traits;

namespace Weir.Core.Tests;

/// <summary>The original's triggers, each just under, at and just over.</summary>
[Unit]
public sealed class ImbalanceRuleTests
{
    private static readonly ImbalanceRule Rule = new();

    [Theory]
    [InlineData(949, false)]
    [InlineData(950, true)]
    [InlineData(951, true)]
    [Seed("planner.imbalance-detection")]
    [Seed("planner.load-factor-calculation")]
    public void Check_NearlyFullWorker_IsAnEmergency(int streams, bool emergency) =>
        Assert.Equal(emergency, Rule.Check([streams, streams], [streams, streams], [1000, 1000]).Emergency);

    [Theory]
    [InlineData(699, false)]
    [InlineData(700, false)]
    [InlineData(701, true)]
    [Seed("planner.imbalance-detection")]
    public void Check_SpreadOfLoads_IsTooWideAboveTwentyPercent(int high, bool spread) =>
        Assert.Equal(spread, Rule.Check([high, 500], [high, 500], [1000, 1000]).Spread);

    [Theory]
    [InlineData(51, 49, false)]
    [InlineData(52, 48, false)]
    [InlineData(53, 47, true)]
    [Seed("planner.imbalance-detection")]
    public void Check_CountFromTheShare_IsTooFarAboveTwo(int first, int second, bool off) =>
        Assert.Equal(off, Rule.Check([first, second], [first, second], [1000, 1000]).StreamsOff);

    [Fact]
    public void Check_Counts_AreJudgedByCapacity() =>
        Assert.False(Rule.Check([20, 10], [20, 10], [200, 100]).Any);
}
