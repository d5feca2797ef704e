using Weir.Cli.Dev.Demo;
using Weir.Cli.Dev.Reading;
using Weir.Cli.Dev.Talking;
using Weir.Testing.Traits;

namespace Weir.Cli.Tests.Dev;

[Unit]
public sealed class TalkingTests
{
    [Theory]
    [InlineData("k", OrderKind.Crash, null)]
    [InlineData("K w3", OrderKind.Crash, "w3")]
    [InlineData(" d  w12 ", OrderKind.Drain, "w12")]
    [InlineData("a", OrderKind.Add, null)]
    [InlineData("?", OrderKind.Explain, null)]
    [InlineData("q", OrderKind.Quit, null)]
    internal void Line_ThatIsAnOrder_IsTaken(string line, OrderKind kind, string? worker) => Assert.Equal(new Order(kind, worker), Order.Parse(line));

    [Theory]
    [InlineData("")]
    [InlineData("kill")]
    [InlineData("x")]
    [InlineData("k w1 w2")]
    public void Line_ThatIsNone_IsPassedOver(string line) => Assert.Null(Order.Parse(line));

    [Fact]
    public void Names_WithNumbers_StandAsAPersonCounts()
    {
        string[] names = ["w10", "a", "w2", "w1", "station-007", "w", "w02"];

        Assert.Equal(["a", "station-007", "w", "w1", "w02", "w2", "w10"], names.Order(NameOrder.Instance));
    }

    [Fact]
    public void Load_OfAStation_DriftsWithinItsRangeAndIsTheSameEverywhere()
    {
        var begin = DateTimeOffset.UnixEpoch;
        var loads = Enumerable.Range(0, 600).Select(second => DemoLoad.Of("station-001", begin.AddSeconds(second))).ToList();

        Assert.All(loads, load => Assert.InRange(load, 0.5, 1.5));
        Assert.True(loads.Max() - loads.Min() > 0.8, $"it drifts by {loads.Max() - loads.Min()} only");
        Assert.Equal(loads[99], DemoLoad.Of("station-001", begin.AddSeconds(99)));
    }

    [Theory]
    [InlineData(1, 120)]
    [InlineData(6, 120)]
    [InlineData(200, 3)]
    public void Capacities_OfAFleet_LeaveRoom(int workers, int streams)
    {
        var capacity = Enumerable.Range(1, workers).Sum(number => DemoFleet.Capacity(number, workers, streams));

        Assert.True(capacity >= streams / 0.65, $"{capacity} for {streams}");
    }
}
