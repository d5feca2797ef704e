using CsCheck;
using Weir.Core.Leases;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Leases;

[Unit]
public sealed class FleetSilenceTests
{
    [Theory]
    [InlineData(2, 4, false)]
    [InlineData(3, 10, true)]
    [InlineData(3, 11, false)]
    public void IsMass_ThreeAndThirtyPerCent_AreNeeded(int silent, int live, bool isMass) =>
        Assert.Equal((isMass, silent, live), (Fleet(silent, live).IsMass, Fleet(silent, live).Silent, Fleet(silent, live).Live));

    [Theory]
    [InlineData(1.8, false)] // counted once, though a healthy worker is as quiet before each of its beats
    [InlineData(2.4, false)]
    [InlineData(2.5, true)]
    public void IsMass_CountsWhoseBeatIsOverdue(double quiet, bool isMass)
    {
        var fleet = new FleetSilence(Rows.Seconds(100));
        for (var worker = 1; worker <= 8; worker++)
            Add(fleet, worker, worker <= 3 ? quiet : 0.5);

        Assert.Equal(isMass, fleet.IsMass);
    }

    [Fact]
    public void IsMass_CountsWhoseQueuesAreGone_UnlessABeatCameSince()
    {
        var fleet = new FleetSilence(Rows.Seconds(100));
        for (var worker = 1; worker <= 3; worker++)
            fleet.Add(Rows.Lease(worker), LeaseWatch.Begin(Rows.Lease(worker), Rows.Seconds(99)).QueuesGone(Rows.Seconds(worker < 3 ? 99.5 : 98.4)), Rows.Times);

        Assert.Equal((2, 3), (fleet.Silent, fleet.Live));
    }

    [Fact]
    public void Add_WhoHasJustBeatenIsNewOrFenced_IsNotSilent()
    {
        var fleet = new FleetSilence(Rows.Seconds(100));
        fleet.Add(Rows.Lease(1) with { Sequence = 6 }, LeaseWatch.Begin(Rows.Lease(1), Rows.Seconds(90)), Rows.Times);
        fleet.Add(Rows.Lease(2), null, Rows.Times);
        fleet.Add(Rows.Lease(3, LeaseState.Fenced), LeaseWatch.Begin(Rows.Lease(3), Rows.Seconds(90)), Rows.Times);

        Assert.Equal((0, 2), (fleet.Silent, fleet.Live));
    }

    [Theory]
    [InlineData(4.0, 1.9, true)] // in step with the silent one: their beats are due, and may not come
    [InlineData(4.25, 1.9, false)] // they have beaten since it missed its first
    [InlineData(4.0, 0.4, false)]
    public void MayBeMass_OthersThatMayHaveBeenCutOffWithIt_LeaveItOpen(double silent, double others, bool isOpen)
    {
        var fleet = new FleetSilence(Rows.Seconds(100));
        var watch = Add(fleet, 1, silent);
        for (var worker = 2; worker <= 8; worker++)
            Add(fleet, worker, others);

        Assert.Equal((false, isOpen), (fleet.IsMass, fleet.MayBeMass(watch)));
    }

    [Fact]
    public void Relaxed_CountsFromWhatMayHaveBeenCutOffWithTheFirst() =>
        Assert.Equal((234, 234), (FleetSilence.CountsFrom(LeaseTimes.Relaxed).TotalSeconds, FleetSilence.OverdueFrom(LeaseTimes.Relaxed).TotalSeconds));

    // A beat a quarter of a period late at most, and a look that sees it: so long may it take to know that the others beat on.
    [Fact]
    public void Property_OneOfManyDies_IsFencedAsIfItWereAlone() => Gen.Select(Gen.Int[4, 40], Gen.Int[0, 1], Gen.Int[0, int.MaxValue]).Sample(
        (workers, inStep, seed) =>
        {
            var fleet = new BeatingFleet(workers, inStep == 1, look: 230, late: 150, seed);

            var fenced = fleet.Run(silent: 1, until: 30_000);

            Assert.Equal([1], fenced.Keys);
            Assert.InRange(fenced[1], Rows.Times.FenceAfter.TotalMilliseconds, (Rows.Times.FenceAfter + (0.3 * Rows.Times.Beat)).TotalMilliseconds);
        },
        iter: 300);

    [Fact]
    public void Property_ManyAreCutOff_NoneIsFencedBeforeTwoLeases() => Gen.Select(Gen.Int[3, 40], Gen.Int[0, 1], Gen.Int[0, int.MaxValue]).Sample(
        (workers, inStep, seed) =>
        {
            var many = Math.Max(FleetSilence.SilentMin, (workers * 3 + 9) / 10);
            var fleet = new BeatingFleet(workers, inStep == 1, look: 90, late: 100, seed);

            var fenced = fleet.Run(many, until: 30_000);

            Assert.Equal(many, fenced.Count);
            Assert.All(fenced.Values, quiet => Assert.InRange(quiet, Rows.Times.MassFenceAfter.TotalMilliseconds, double.MaxValue));
        },
        iter: 300);

    private static FleetSilence Fleet(int silent, int live)
    {
        var fleet = new FleetSilence(Rows.Seconds(100));
        for (var worker = 1; worker <= live; worker++)
            Add(fleet, worker, worker <= silent ? 3 : 0);
        return fleet;
    }

    private static LeaseWatch Add(FleetSilence fleet, int worker, double quiet)
    {
        var watch = LeaseWatch.Begin(Rows.Lease(worker), Rows.Seconds(100 - quiet));
        fleet.Add(Rows.Lease(worker), watch, Rows.Times);
        return watch;
    }
}
