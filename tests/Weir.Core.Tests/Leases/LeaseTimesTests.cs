using Weir.Core.Invariants;
using Weir.Core.Leases;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Leases;

[Unit]
public sealed class LeaseTimesTests
{
    [Fact]
    public void Profiles_AreInOrder()
    {
        LeaseTimes.Fast.Check();
        LeaseTimes.Relaxed.Check();
    }

    [Fact]
    public void Check_FencedBeforeSuspect_Throws() =>
        Assert.Throws<InvariantViolatedException>(() => (LeaseTimes.Fast with { FenceAfter = Rows.Seconds(2.5) }).Check());

    [Theory]
    [InlineData(0, 6.0, 7.2, 8)]
    [InlineData(12, 15.0, 18.0, 20)]
    public void Shares_AreThreeQuartersAndNineTenthsOfWhatTheOtherSideWaits(double localMode, double stop, double exit, double grant)
    {
        var times = LeaseTimes.Fast;

        Assert.Equal(Rows.Seconds(stop), times.StopAfter(Rows.Seconds(localMode)));
        Assert.Equal(Rows.Seconds(exit), times.ExitAfter(Rows.Seconds(localMode)));
        Assert.Equal(Rows.Seconds(grant), times.GrantAfter(Rows.Seconds(localMode)));
    }
}
