using System.Diagnostics;
using Weir.Benchmarks;
using Weir.Core.Planning;

foreach (var (w, s) in new[] { (100, 1000), (1000, 100000), (10000, 1000000) })
{
    foreach (var band in new[] { 0.05, 0.025, 0.10, 0.0 })
    {
        foreach (var name in Scenarios.Unit.Take(5).Concat(Scenarios.Weighted))
        {
            var unit = !name.StartsWith('z');
            if (unit && band != 0.05)
                continue;
            var seeds = w == 100 && !unit ? 10 : 1;
            for (var seed = 0; seed < seeds; seed++)
            {
                var snap = Scenarios.Start(name, w, s, seed).ToSnapshot();
                var policy = new Policy { Band = band };
                var times = new List<double>();
                Plan plan = null!;
                for (var i = 0; i < (w < 10000 ? 30 : 8); i++)
                {
                    var t = Stopwatch.GetTimestamp();
                    plan = Planner.Plan(snap, policy);
                    times.Add(Stopwatch.GetElapsedTime(t).TotalMilliseconds);
                }
                times.Sort();
                var c = plan.Certificate;
                Console.WriteLine($"{w}x{s} {name} band {band}: first.. med {times[times.Count / 2]:F3} min {times[0]:F3} ms, moves {c.Moves}/{c.MovesLowerBound}, placed {c.Placements}, makespan x{c.Makespan / c.MakespanLowerBound:F4}, spread {c.MaxMinusMin}, band {c.BandReached:F4} unplaced {plan.Unplaced.Count} again {Planner.Plan(snap.After(plan), policy).Moves.Count}");
            }
        }
    }
}
