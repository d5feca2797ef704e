using CsCheck;
using Weir.Core.Invariants;
using Weir.Core.Worker;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Worker;

[Unit]
public sealed class LeaseAgentTests
{
    private static readonly LeaseAgent Agent = LeaseAgent.Begin(Rows.Old, Rows.Seconds(100));

    [Theory]
    [InlineData(105.9, true)]
    [InlineData(106.0, false)]
    public void Valid_ThreeQuartersOfALeaseFromTheSendingOfTheRegistration(double now, bool valid) =>
        Assert.Equal(valid, Agent.IsValid(Rows.Seconds(now), Rows.Times));

    [Fact]
    public void Renewed_Late_CountsFromTheSendingOfThatBeat()
    {
        var agent = Agent.Beat(Rows.Seconds(102)).Beat(Rows.Seconds(103)).Renewed(1, Rows.Seconds(105), Rows.Times);

        Assert.True(agent.IsValid(Rows.Seconds(107.9), Rows.Times));
        Assert.False(agent.IsValid(Rows.Seconds(108), Rows.Times));
    }

    [Fact]
    public void Renewed_AfterTheLapse_DoesNotRevive()
    {
        var agent = Agent.Beat(Rows.Seconds(105)).Look(Rows.Seconds(106), Rows.Times).Renewed(1, Rows.Seconds(106.1), Rows.Times);

        Assert.True(agent.Lapsed);
        Assert.Equal(Rows.Seconds(100), agent.CountsFrom);
    }

    [Fact]
    public void NextBeat_Unacknowledged_IsDueAfterHalfAPeriod()
    {
        var sent = Agent.Beat(Rows.Seconds(102));

        Assert.Equal(Rows.Seconds(103), sent.NextBeatAt(Rows.Times));
        Assert.Equal(Rows.Seconds(104), sent.Renewed(1, Rows.Seconds(102.1), Rows.Times).NextBeatAt(Rows.Times));
    }

    [Theory]
    [InlineData(0, 105.9, true, false)]
    [InlineData(0, 107.2, false, true)]
    [InlineData(12, 114.9, true, false)]
    [InlineData(12, 117.9, false, false)]
    [InlineData(12, 118.0, false, true)]
    public void LocalMode_ExtendsActingAndExit(double localMode, double now, bool covers, bool exits)
    {
        Assert.Equal(covers, Agent.Covers(Rows.Seconds(localMode), Rows.Seconds(now), Rows.Times));
        Assert.Equal(exits, Agent.MustExit(Rows.Seconds(localMode), Rows.Seconds(now), Rows.Times));
    }

    [Fact]
    public void Beat_ClockWentBack_Throws() => Assert.Throws<InvariantViolatedException>(() => Agent.Beat(Rows.Seconds(99)));

    [Fact]
    public void Property_WorkerStopsBeforeAnotherMayStart_WhileRatesDifferByLessThanAThird() =>
        Gen.Select(Gen.Int[875, 1150], Gen.Int[875, 1150], Gen.Int[0, 300]).Sample((workerRate, watcherRate, localMode) =>
        {
            var stops = Rows.Times.StopAfter(Rows.Seconds(localMode)) * 1000 / workerRate;
            var grants = Rows.Times.GrantAfter(Rows.Seconds(localMode)) * 1000 / watcherRate;

            Assert.True(stops < grants, $"clocks x {workerRate} and x {watcherRate}");
        });
}
