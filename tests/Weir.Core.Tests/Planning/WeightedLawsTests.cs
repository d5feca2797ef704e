using CsCheck;
using Weir.Core.Planning;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Planning;

/// <summary>Weighted streams: the band is reached where it can be, and no bound is above what brute force finds. B3, B4, M2 to M4.</summary>
[Unit]
public sealed class WeightedLawsTests
{
    private static readonly Gen<(FleetSpec Fleet, double Band)> Given =
        Gen.Select(Fleets.Weighted(8, 60).Where(f => f.Streams.Sum(s => s.Weight) > 0), Fleets.OneOf(0.025, 0.05, 0.1, 0.3));

    [Fact]
    public void Property_EveryWorkerEndsWithinTheBandOrWhatTheHeaviestStreamAllows() =>
        Given.Sample(
            (fleet, band) =>
            {
                var plan = Planner.Plan(fleet.Build().Snapshot, new Policy { Band = band, OuterBand = 1 });
                var total = fleet.Streams.Sum(s => s.Weight);
                var heaviest = fleet.Streams.Select(s => s.Weight).DefaultIfEmpty(0).Max();
                var shares = fleet.Workers.Select(w => w.Capacity).ToArray();
                var mean = total / shares.Sum();

                // B4: the heaviest stream once more on one worker, however its share is.
                var reach = mean * (1 + band) + (fleet.Workers.Length - 1) * heaviest / shares.Min();
                Assert.True(plan.Certificate.Makespan <= reach * (1 + 1e-9), $"{plan.Certificate.Makespan} is above {reach}");
                Assert.True(plan.Certificate.Makespan >= plan.Certificate.MakespanLowerBound * (1 - 1e-9), "below B3");
            },
            iter: 250);

    [Fact]
    public void Property_BoundsAreNeverAboveWhatBruteForceFinds() =>
        Gen.Select(Fleets.Weighted(3, 6), Fleets.OneOf(0.05, 0.2, 0.5)).Where(g => g.Item1.Streams.Select(s => s.Weight).Distinct().Count() > 1).Sample(
            (fleet, band) =>
            {
                var plan = Planner.Plan(fleet.Build().Snapshot, new Policy { Band = band, OuterBand = 1 });
                var (up, down) = Reached(fleet, plan, band);
                var (makespan, moves) = Best(fleet, up, down);

                Assert.True(plan.Certificate.MakespanLowerBound <= makespan * (1 + 1e-9), $"B3 {plan.Certificate.MakespanLowerBound} above {makespan}");
                // Monsters get a share of their own; the plain band is then another question.
                if (plan.Report.Delays.Count > 0)
                    return;
                Assert.True(plan.Certificate.MovesLowerBound <= moves, $"M2, M3: {plan.Certificate.MovesLowerBound} above {moves}");
                Assert.True(moves == int.MaxValue || plan.Moves.Count >= moves, $"{plan.Moves.Count} moves, brute force needs {moves}");
            },
            iter: 600);

    [Fact]
    public void Property_OfOwnedStreamsInABandThatIsReachedBruteForceFindsNoPlanWithFewerMoves() =>
        Gen.Select(Fleets.Owned(3, 7), Fleets.OneOf(0.1, 0.2, 0.5))
            .Where(g => g.Item1.Streams.Select(s => s.Weight).Distinct().Count() > 1)
            .Sample(
                (fleet, band) =>
                {
                    var plan = Planner.Plan(fleet.Build().Snapshot, new Policy { Band = band, OuterBand = 1 });
                    var fewest = Best(fleet, band, band).Moves;
                    if (fewest < int.MaxValue && plan.Report.Delays.Count == 0)
                        Assert.Equal(fewest, plan.Moves.Count);
                },
                iter: 600);

    [Fact]
    public void Property_OfOwnedStreamsNoPlanLiftsAWorkerAboveTheHighest() =>
        Gen.Select(Fleets.Owned(3, 7), Fleets.OneOf(0.1, 0.2, 0.5))
            .Where(g => g.Item1.Streams.Select(s => s.Weight).Distinct().Count() > 1)
            .Sample(
                (fleet, band) =>
                {
                    var plan = Planner.Plan(fleet.Build().Snapshot, new Policy { Band = band, OuterBand = 1 });
                    var highest = fleet.Workers.Select((worker, w) => fleet.Streams.Where(s => s.Owner == w).Sum(s => s.Weight) / worker.Capacity).Max();
                    Assert.True(plan.Certificate.Makespan <= highest * (1 + 1e-9), $"{plan.Certificate.Makespan} is above {highest}");
                },
                iter: 5_000);

    [Fact]
    public void Plan_AMoveThatMadeRoomForAnother_IsNotUndoneUnderIt()
    {
        // Found by the law of fewest moves: the third worker's neighbour stood at 1.41 after a plan that began at 1.30.
        var fleet = new FleetSpec(
            [new WorkerSpec(21), new WorkerSpec(7), new WorkerSpec(7)],
            [new(0, 7.555555555555555), new(0, 6.739130434782608), new(2, 0.12941176470588237), new(2, 9), new(1, 3.1204410402664595), new(0, 9.795711277387895)]);

        var plan = Planner.Plan(fleet.Build().Snapshot, new Policy { Band = 0.5, OuterBand = 1 });

        Assert.Equal(2, plan.Moves.Count);
        Assert.True(plan.Certificate.Makespan <= 9.129411764705883 / 7, plan.Certificate.ToString());
    }

    [Fact]
    public void Plan_AMoveThatMayGoFirst_WaitsForTheOneItWouldShutOut()
    {
        // Found by the law of bounds: the first stream may go at once, and then the heaviest of the third worker's no longer fits.
        var fleet = new FleetSpec(
            [new WorkerSpec(21), new WorkerSpec(14), new WorkerSpec(7)],
            [new(0, 1.140625), new(-1, 8), new(0, 0.9757045827234742), new(2, 4.0300256951600915), new(0, 1), new(1, 4)]);

        var plan = Planner.Plan(fleet.Build().Snapshot, new Policy { Band = 0.2, OuterBand = 1 });

        Assert.Equal([3, 5, 0], plan.Moves.Select(move => move.Stream));
        Assert.Equal(3, Best(fleet, 0.254, 0.2).Moves);
    }

    [Fact]
    public void Plan_JoinOfAnEmptyWorker_FillsItToTheBand()
    {
        var streams = Enumerable.Range(0, 300).Select(s => new StreamSpec(s % 3, 1 + s / 3 % 7)).ToArray();
        var fleet = new FleetSpec([.. Enumerable.Repeat(new WorkerSpec(400), 4)], streams);

        var plan = Planner.Plan(fleet.Build().Snapshot, new Policy());

        Assert.True(plan.Certificate.BandReached <= 0.05, plan.Certificate.ToString());
        Assert.All(plan.Moves, move => Assert.Equal(MoveReason.NewWorker, move.Reason));
    }

    [Fact]
    public void Plan_MonsterStream_IsReportedAndLeftInPeace()
    {
        StreamSpec[] streams = [new(0, 1000), .. Enumerable.Range(0, 60).Select(s => new StreamSpec(s % 3, 1 + s % 2))];
        var fleet = new FleetSpec([.. Enumerable.Repeat(new WorkerSpec(100), 3)], streams);
        var snapshot = fleet.Build().Snapshot;

        var plan = Planner.Plan(snapshot, new Policy());

        Assert.Contains(plan.Report.Delays, d => d is { Stream: 0, Reason: DelayReason.HeavierThanShare });
        Assert.DoesNotContain(plan.Moves, m => m.Stream == 0);
        Assert.Empty(Planner.Plan(snapshot.After(plan), new Policy()).Moves);
    }

    /// <summary>How far above and below its share the plan leaves a worker, at least the band.</summary>
    private static (double Up, double Down) Reached(FleetSpec fleet, Plan plan, double band)
    {
        var owners = fleet.Build().Snapshot.After(plan).OwnerOf.ToArray();
        var mean = fleet.Streams.Sum(s => s.Weight) / fleet.Workers.Sum(w => w.Capacity);
        var parts = fleet.Workers.Select((w, i) => fleet.Streams.Where((_, s) => owners[s] == i).Sum(s => s.Weight) / (w.Capacity * mean)).ToArray();
        return (Math.Max(band, parts.Max() - 1), Math.Max(band, 1 - parts.Min()));
    }

    /// <summary>All ways to give out the streams: the least makespan, and the fewest moves with all loads inside the band round the mean.</summary>
    private static (double Makespan, int Moves) Best(FleetSpec fleet, double up, double down)
    {
        var shares = fleet.Workers.Select(w => w.Capacity).ToArray();
        var total = fleet.Streams.Sum(s => s.Weight);
        var mean = total / shares.Sum();
        var bound = Planner.Plan(fleet.Build().Snapshot, new Policy { Band = Math.Min(up, 1), OuterBand = 10 }).Certificate.MakespanLowerBound;
        var load = new double[shares.Length];
        var to = new int[fleet.Streams.Length];
        var best = (Makespan: double.PositiveInfinity, Moves: int.MaxValue);
        Try(0, 0);
        return best;

        void Try(int stream, int moves)
        {
            if (stream == fleet.Streams.Length)
            {
                best.Makespan = Math.Min(best.Makespan, Enumerable.Range(0, shares.Length).Max(w => load[w] / shares[w]));
                var inside = Enumerable.Range(0, shares.Length).All(w =>
                    load[w] / shares[w] <= Math.Max(mean * (1 + up), bound) * (1 + 1e-9) && load[w] / shares[w] >= mean * ((1 - down) * (1 - 1e-9) - 1e-12));
                if (inside && moves < best.Moves && CanBeOrdered(fleet, to))
                    best.Moves = Math.Min(best.Moves, moves);
                return;
            }

            for (var w = 0; w < shares.Length; w++)
            {
                load[w] += fleet.Streams[stream].Weight;
                to[stream] = w;
                var owner = fleet.Streams[stream].Owner;
                Try(stream + 1, moves + (owner >= 0 && owner != w ? 1 : 0));
                load[w] -= fleet.Streams[stream].Weight;
            }
        }
    }

    /// <summary>Whether the moves have an order in which no worker ever stands higher than the highest did before.</summary>
    private static bool CanBeOrdered(FleetSpec fleet, int[] to)
    {
        var at = fleet.Streams.Select((s, i) => s.Owner < 0 ? to[i] : s.Owner).ToArray();
        var ceiling = Highest(at) * (1 + 1e-9);
        var seen = new HashSet<int>();
        return Reaches(0);

        // A move that may go first can shut out another, so every order is tried; each set of moves made, once.
        bool Reaches(int made)
        {
            if (at.SequenceEqual(to))
                return true;
            for (var s = 0; s < at.Length; s++)
            {
                var back = at[s];
                at[s] = to[s];
                var found = back != to[s] && Highest(at) <= ceiling && seen.Add(made | 1 << s) && Reaches(made | 1 << s);
                at[s] = back;
                if (found)
                    return true;
            }

            return false;
        }

        double Highest(int[] owners) =>
            Enumerable.Range(0, fleet.Workers.Length).Max(w => fleet.Streams.Where((_, s) => owners[s] == w).Sum(s => s.Weight) / fleet.Workers[w].Capacity);
    }
}
