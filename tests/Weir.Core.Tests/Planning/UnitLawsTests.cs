using CsCheck;
using Weir.Core.Planning;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Planning;

/// <summary>Streams of one weight: the plan is exact. B1, B2, M1, M5 and I5 of the theory, and brute force beside it.</summary>
[Unit]
public sealed class UnitLawsTests
{
    private static readonly Policy Whole = new();

    [Fact]
    [Seed("planner.optimal-distribution-calculation")]
    [Seed("1.4")]
    public void Property_EqualCapacitiesEndWithinOneStream() =>
        Fleets.Unit(9, 60, 20).Sample(
            fleet =>
            {
                var capacity = fleet.Workers.Max(w => w.Capacity);
                var same = fleet with { Workers = [.. fleet.Workers.Select(w => w with { Capacity = capacity })] };
                var counts = Counts(same, Planner.Plan(same.Build().Snapshot, Whole));

                Assert.True(counts.Max() - counts.Min() <= 1, string.Join(' ', counts));
            },
            iter: 3000);

    [Fact]
    public void Property_BruteForceAgreesOnMakespanAndMoves() =>
        Fleets.Unit(4, 9, 6).Sample(
            fleet =>
            {
                var plan = Planner.Plan(fleet.Build().Snapshot, Whole);
                var (makespan, moves) = Best(fleet);

                Assert.Equal(makespan, plan.Certificate.Makespan, 1e-12);
                Assert.Equal(makespan, plan.Certificate.MakespanLowerBound, 1e-12);
                Assert.Equal(moves, plan.Moves.Count);
                Assert.Equal(moves, plan.Certificate.MovesLowerBound);
                Assert.Equal(0, plan.Certificate.BandReached);
            },
            iter: 5000);

    [Fact]
    [Seed("planner.rebalance-plan-generation")]
    public void Property_MovesAlwaysEqualTheirBound() =>
        Fleets.Wild(8, 50).Where(f => f.Streams.All(s => s.Weight == 1)).Sample(
            fleet =>
            {
                var plan = Planner.Plan(fleet.Build().Snapshot, new Policy { CoolDownSeconds = 60 });

                // Pins into a full worker may have to wait for one another; then fewer moves are made than wanted.
                if (!plan.Report.Delays.Any(d => d.Reason == DelayReason.NoRoom))
                    Assert.Equal(plan.Certificate.MovesLowerBound, plan.Moves.Count);
            },
            iter: 4000);

    [Fact]
    public void Property_OneJoinMovesExactlyItsShareAndOneLossMovesNothing() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[0, 80]).Sample(
            (workers, streams) =>
            {
                var level = Enumerable.Range(0, streams).Select(s => new StreamSpec(s % workers)).ToArray();
                var joined = new FleetSpec([.. Enumerable.Repeat(new WorkerSpec(200), workers + 1)], level);
                var lost = new FleetSpec(
                    [.. Enumerable.Range(0, workers + 1).Select(w => new WorkerSpec(200, w == 0 ? WorkerState.Lost : WorkerState.Active))],
                    [.. Enumerable.Range(0, streams).Select(s => new StreamSpec(s % (workers + 1)))]);

                var join = Planner.Plan(joined.Build().Snapshot, Whole);
                var loss = Planner.Plan(lost.Build().Snapshot, Whole);

                Assert.Equal(streams / (workers + 1), join.Moves.Count);
                Assert.Empty(loss.Moves);
                Assert.Equal(lost.Streams.Count(s => s.Owner == 0), loss.Placements.Count);
            });

    [Fact]
    public void Property_ABudgetTakesAsManyPlansAsItMustAndPlacesEverythingInTheFirst() =>
        Gen.Select(Fleets.Unit(7, 50, 15), Gen.Int[1, 6]).Sample(
            (fleet, budget) =>
            {
                var snapshot = fleet.Build().Snapshot;
                var all = Planner.Plan(snapshot, Whole).Moves.Count;
                var policy = Whole with { MovesMax = budget };
                var plans = 0;
                for (var plan = Planner.Plan(snapshot, policy); plan.Moves.Count > 0; plan = Planner.Plan(snapshot, policy))
                {
                    Assert.True(plans == 0 || plan.Placements.Count == 0, "a placement waited for the second plan");
                    snapshot = snapshot.After(plan);
                    plans++;
                    Assert.True(plans <= all, "the moves do not end");
                }

                Assert.Equal((all + budget - 1) / budget, plans);
            },
            iter: 2000);

    [Fact]
    [Seed("planner.optimal-distribution-calculation")]
    public void Property_SharesAddUpToTheWholeWheneverThereIsRoom() =>
        Fleets.Unit(9, 60, 20).Sample(fleet =>
        {
            var plan = Planner.Plan(fleet.Build().Snapshot, Whole);

            Assert.Equal(fleet.Streams.Length, Counts(fleet, plan).Sum());
            Assert.Empty(plan.Unplaced);
        });

    [Theory]
    [InlineData(50, 25, 30, 20, 10)]
    [InlineData(10, 10, 9, 5, 4)]
    [InlineData(1, 3, 4, 1, 3)]
    public void Plan_DifferentCapacities_ShareByCapacity(int first, int second, int streams, int most, int least)
    {
        var fleet = new FleetSpec([new(first), new(second)], [.. Enumerable.Repeat(new StreamSpec(-1), streams)]);

        var counts = Counts(fleet, Planner.Plan(fleet.Build().Snapshot, Whole));

        Assert.Equal([most, least], counts);
    }

    internal static int[] Counts(FleetSpec fleet, Plan plan)
    {
        var counts = new int[fleet.Workers.Length];
        foreach (var owner in fleet.Build().Snapshot.After(plan).OwnerOf)
        {
            if (owner >= 0)
                counts[owner]++;
        }

        return counts;
    }

    /// <summary>All ways to spread the streams by count: the least makespan, and with it and every floor kept the fewest that must leave a worker.</summary>
    private static (double Makespan, int Moves) Best(FleetSpec fleet)
    {
        var capacity = fleet.Workers.Select(w => (int)w.Capacity).ToArray();
        var have = new int[capacity.Length];
        foreach (var stream in fleet.Streams.Where(s => s.Owner >= 0))
            have[stream.Owner]++;
        var best = (Makespan: double.PositiveInfinity, Moves: int.MaxValue);
        Try(0, fleet.Streams.Length, 0, 0);
        return best;

        void Try(int worker, int left, double makespan, int moves)
        {
            if (worker == capacity.Length)
            {
                if (left == 0 && (makespan < best.Makespan || (makespan == best.Makespan && moves < best.Moves)))
                    best = (makespan, moves);
                return;
            }

            var floor = fleet.Streams.Length * capacity[worker] / capacity.Sum();
            for (var n = floor; n <= Math.Min(left, capacity[worker]); n++)
                Try(worker + 1, left - n, Math.Max(makespan, (double)n / capacity[worker]), moves + Math.Max(0, have[worker] - n));
        }
    }
}
