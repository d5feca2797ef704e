using Google.OrTools.Sat;
using Weir.Core.Planning;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Planning;

/// <summary>Small weighted fleets against a solver that proves its optimum.</summary>
[Unit]
[Slow]
public sealed class WeightedOptimumTests
{
    private const double Band = 0.10;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Plan_SmallFleet_IsAtMostOneMoveFromTheProvenOptimumAndItsBoundNeverAboveIt(int seed)
    {
        var random = new Random(seed);
        var fleet = new FleetSpec(
            [.. Enumerable.Repeat(new WorkerSpec(30), 4)],
            [.. Enumerable.Range(0, 20).Select(_ => new StreamSpec(random.Next(4), 1 + random.Next(12)))]);

        var plan = Planner.Plan(fleet.Build().Snapshot, new Policy { Band = Band });
        var optimum = FewestMoves(fleet);

        Assert.True(plan.Certificate.BandReached <= Band, $"seed {seed}: {plan.Certificate}");
        Assert.InRange(plan.Moves.Count, optimum, optimum + 1);
        Assert.True(plan.Certificate.MovesLowerBound <= optimum, $"seed {seed}: bound {plan.Certificate.MovesLowerBound} above the optimum {optimum}");
    }

    private static int FewestMoves(FleetSpec fleet)
    {
        var model = new CpModel();
        var share = fleet.Streams.Sum(s => s.Weight) / fleet.Workers.Length;
        var load = fleet.Workers.Select(_ => new List<LinearExpr>()).ToArray();
        var moves = new List<LinearExpr>();
        foreach (var stream in fleet.Streams)
        {
            var on = fleet.Workers.Select(_ => model.NewBoolVar("")).ToArray();
            model.AddExactlyOne(on);
            moves.Add(1 - on[stream.Owner]);
            for (var w = 0; w < on.Length; w++)
                load[w].Add(on[w] * (long)stream.Weight);
        }

        foreach (var parts in load)
            model.AddLinearConstraint(LinearExpr.Sum(parts), (long)Math.Ceiling(share * (1 - Band) - 1e-6), (long)Math.Floor(share * (1 + Band) + 1e-6));
        model.Minimize(LinearExpr.Sum(moves));
        var solver = new CpSolver { StringParameters = "num_workers:1 random_seed:1" };

        Assert.Equal(CpSolverStatus.Optimal, solver.Solve(model));
        return (int)solver.ObjectiveValue;
    }
}
