using Weir.Core.Invariants;
using Weir.Simulation.Tests.Checks;
using Weir.Simulation.Tests.Engine;
using Weir.Simulation.Tests.Fleet;
using Weir.Simulation.Tests.Mutants;

namespace Weir.Simulation.Tests.Runs;

/// <summary>Runs one seed: a safety phase with faults, then a liveness phase that must settle.</summary>
internal static class SimulationRun
{
    private const long QuietFor = 10 * Span.Second;

    internal static RunResult Execute(Shape shape, string? mutant = null, Action<string>? log = null)
    {
        Mutant.Plant(mutant);
        var world = new World(shape) { Log = log };
        var settled = 0L;
        string? violation = null;
        try
        {
            world.Fleet.StartAll();
            var nemesis = new Nemesis(world);
            nemesis.Start();
            world.RunUntil(shape.Safety);
            settled = Settle(world, nemesis);
        }
        catch (SafetyViolationException found)
        {
            violation = found.Message;
        }
        catch (InvariantViolatedException found)
        {
            violation = "asserted " + found.Invariant + ": " + found.Message;
        }
        finally
        {
            Mutant.Plant(null);
        }
        return new RunResult(
            shape.Seed, violation, world.Trace, world.Now, world.Events, world.Faults.ToArray(), world.Branches.ToArray(), settled, world.God.Grants, world.God.Moves);
    }

    // L12: within a minute of the last fault (and what a local mode adds) all is at rest, and stays so.
    private static long Settle(World world, Nemesis nemesis)
    {
        nemesis.HealAll();
        var healed = world.Now;
        var bound = Bound(world);
        var lifted = 0L;
        while (world.Now - healed <= bound)
        {
            world.RunUntil(world.Now + Span.Second);
            if (world.Now - healed > 5 * Span.Second && world.Now - lifted > 10 * Span.Second && world.Fleet.Orchestrators.FirstOrDefault(o => o.Alive) is { } orchestrator)
            {
                lifted = world.Now;
                world.Database.Execute(orchestrator, Service.Orchestrator, nemesis.LiftAll, _ => { });
            }
            if (lifted > 0 && SettleCheck.WhatIsOpen(world) is null && world.Now - world.God.LastGrantAt > QuietFor)
                return world.Now - healed - QuietFor;
        }
        var open = SettleCheck.WhatIsOpen(world) ?? "streams are still being granted";
        throw new SafetyViolationException("L12", $"not at rest {TimeSpan.FromTicks(world.Now - healed).TotalSeconds:0} s after the last fault: {open}");
    }

    private static long Bound(World world) => 60 * Span.Second + QuietFor + 2 * world.Streams.LocalModeUnfenced.Ticks;
}
