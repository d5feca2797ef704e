using Weir.Core.Planning;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Planning;

/// <summary>Moves that lead into a corner in one order and not in another.</summary>
[Unit]
public sealed class OrderSearchTests
{
    [Fact]
    public void Plan_WhoseMovesAreSafeInOneOrderOnly_IsFound()
    {
        // Taking what is safe first moves s5 and s2 off worker 1; then nothing fits any more below the highest level, 29/6.
        var fleet = new FleetSpec(
            [new WorkerSpec(12), new WorkerSpec(6), new WorkerSpec(18)],
            [new StreamSpec(0, 32), new StreamSpec(1, 13), new StreamSpec(2, 35), new StreamSpec(2, 18), new StreamSpec(1, 16)]);

        var plan = Planner.Plan(fleet.Build().Snapshot, new Policy { Band = 0.1, OuterBand = 1 });

        Assert.Equal(5, plan.Moves.Count);
        Assert.True(plan.Certificate.BandReached <= 0.1, plan.Certificate.ToString());
    }

    [Fact]
    public void Run_OneOrderIsSafe_FindsItAndTakesEverythingBack()
    {
        var made = new List<int>();

        var order = OrderSearch.Run(
            4, move => move == 3 - made.Count, (move, sign) => { if (sign > 0) made.Add(move); else made.Remove(move); }, out var search);

        Assert.Equal([3, 2, 1, 0], order);
        Assert.Empty(made);
        Assert.Equal(5, search.Looks);
    }

    [Fact]
    public void Run_NoOrderIsSafe_LooksAtEachSetOnce()
    {
        var order = OrderSearch.Run(OrderSearch.MovesMax, move => move != 7, (_, _) => { }, out var search);

        Assert.Empty(order);
        Assert.Equal(1 << (OrderSearch.MovesMax - 1), search.Looks);
    }
}
