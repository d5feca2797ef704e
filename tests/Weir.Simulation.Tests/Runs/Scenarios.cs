using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Invariants;
using Weir.Simulation.Tests.Checks;
using Weir.Simulation.Tests.Engine;
using Weir.Simulation.Tests.Mutants;

namespace Weir.Simulation.Tests.Runs;

/// <summary>The liveness bounds in virtual time, each as one fault in a fleet at rest.</summary>
internal static class Scenarios
{
    private const long WarmUp = 20 * Span.Second;
    private const long Window = 75 * Span.Second;

    internal static readonly Scenario[] All =
    [
        new("L1", "worker killed for good, Unfenced", seed => Scenario.Calm(seed, 4, 12, 0), KillForGood, TimeSpan.FromSeconds(12), 1, 12),
        new("L2", "worker killed for good, Fenced", seed => Scenario.Calm(seed, 4, 12, 1000), KillForGood, TimeSpan.FromSeconds(3), 1, 12),
        new("L2", "worker's host silent, Fenced", seed => Scenario.Calm(seed, 4, 12, 1000), Silence, TimeSpan.FromSeconds(5), 1, 12),
        new("L2", "worker killed and nobody tells, all in step, Fenced", InStep, KillForGood, TimeSpan.FromSeconds(5), 1, 12),
        new("L3", "worker drained", seed => Scenario.Calm(seed, 4, 20, 500), world => world.Fleet.Slots[1].Process!.Drain(), TimeSpan.FromSeconds(0.5), 0, 20),
        new("L4", "orchestrator and worker killed", seed => Scenario.Calm(seed, 4, 12, 1000), KillOrchestratorToo, TimeSpan.FromSeconds(5), 1, 12),
        new("L6", "broker hung for 60 s", seed => Scenario.Calm(seed, 6, 12, 1000), world => world.Broker.Hang(60 * Span.Second), TimeSpan.FromSeconds(70), 0, 0),
        new("L7", "broker killed for 2 s", seed => Scenario.Calm(seed, 6, 12, 500), world => world.Broker.Kill(2 * Span.Second), TimeSpan.FromSeconds(5), 0, 0),
        new("L8", "database away for 3 s", seed => Scenario.Calm(seed, 6, 12, 500), world => Away(world, 3 * Span.Second), TimeSpan.FromSeconds(10), 0, 0),
        new("L8", "database away for 20 s", seed => Scenario.Calm(seed, 6, 12, 500), world => Away(world, 20 * Span.Second), TimeSpan.FromSeconds(30), 0, 0),
        new("L10", "control plane restarted", seed => Scenario.Calm(seed, 8, 40, 500), RestartControlPlane, TimeSpan.FromSeconds(20), 0, 0),
        new("rule 9", "half the fleet cut off for 9 s", seed => Scenario.Calm(seed, 10, 20, 1000), CutHalf, TimeSpan.FromSeconds(20), 0, 0),
    ];

    /// <summary>Null when the bound held, else what broke it.</summary>
    internal static string? Run(Scenario scenario, ulong seed, string? mutant, Action<TimeSpan>? took = null, Action<string>? log = null)
    {
        Mutant.Plant(mutant);
        var world = new World(scenario.Shape(seed)) { Log = log };
        try
        {
            world.Fleet.StartAll();
            world.RunUntil(WarmUp + world.Rng.Between(0, 2 * Span.Second));
            if (SettleCheck.WhatIsOpen(world) is { } cold)
                return $"not at rest before the fault: {cold}";
            return Measure(world, scenario, took);
        }
        catch (SafetyViolationException found)
        {
            return found.Message;
        }
        catch (InvariantViolatedException found)
        {
            return "asserted " + found.Message;
        }
        finally
        {
            Mutant.Plant(null);
        }
    }

    // Started together, on clocks that stay together.
    private static Shape InStep(ulong seed) => Scenario.Calm(seed, 8, 24, 1000) with { TellsOfQueues = false, RateFrom = 1000, RateTo = 1000 };

    private static string? Measure(World world, Scenario scenario, Action<TimeSpan>? took)
    {
        var (began, fences, owners) = (world.Now, Fences(world), Owners(world));
        scenario.Break(world);
        var stoodSince = new long[world.Streams.Count];
        var longest = 0L;
        while (world.Now - began < Window)
        {
            world.RunUntil(world.Now + 20 * Span.Ms);
            for (var stream = 0; stream < stoodSince.Length; stream++)
            {
                if (Runs(world, stream))
                    stoodSince[stream] = 0;
                else if (stoodSince[stream] == 0)
                    stoodSince[stream] = world.Now;
                else
                    longest = Math.Max(longest, world.Now - stoodSince[stream]);
            }
        }
        var gap = TimeSpan.FromTicks(longest);
        took?.Invoke(gap);
        if (gap > scenario.GapMax)
            return $"{scenario.Id}, {scenario.What}: some stream stood still for {gap.TotalSeconds:0.00} s, wanted {scenario.GapMax.TotalSeconds:0.0}";
        if (Fences(world) - fences > scenario.FencesMax)
            return $"{scenario.Id}, {scenario.What}: {Fences(world) - fences} workers were fenced, wanted {scenario.FencesMax}";
        var moved = owners.Zip(Owners(world)).Count(pair => pair.First != pair.Second);
        return moved > scenario.MovesMax ? $"{scenario.Id}, {scenario.What}: {moved} streams moved, wanted {scenario.MovesMax}" : null;
    }

    private static bool Runs(World world, int stream)
    {
        foreach (var slot in world.Fleet.Slots)
            if (slot.Process is { } worker && worker.Acts(stream) && worker.Handlers.Gate(stream).Handler == Weir.Core.Worker.HandlerState.Running)
                return true;
        return false;
    }

    private static long Fences(World world) =>
        world.God.Fences - world.Branches[(int)Branch.FencedByRegistration] - world.Branches[(int)Branch.Stopped];

    private static WorkerId[] Owners(World world) => [.. world.Database.Tables.Rows.Select((AssignmentRow row) => row.Worker)];

    private static void KillForGood(World world)
    {
        var slot = world.Fleet.Slots[1];
        var process = slot.Process!;
        slot.Process = null;
        process.Crash();
    }

    private static void Silence(World world) => world.Fleet.Slots[1].Process!.Cut(output: true, input: true);

    private static void KillOrchestratorToo(World world)
    {
        KillForGood(world);
        world.After(2 * Span.Second, world.Fleet.Orchestrators[0].Crash);
    }

    private static void Away(World world, long span)
    {
        world.Database.Stop();
        world.After(span, world.Database.StartUp);
    }

    private static void RestartControlPlane(World world)
    {
        foreach (var registry in world.Fleet.Registries)
            registry.Crash();
        foreach (var orchestrator in world.Fleet.Orchestrators)
            orchestrator.Crash();
    }

    private static void CutHalf(World world)
    {
        foreach (var slot in world.Fleet.Slots.Where(slot => slot.Index % 2 == 0))
        {
            var process = slot.Process!;
            process.Cut(output: true, input: true);
            world.After(9 * Span.Second, () => process.Cut(output: false, input: false));
        }
    }
}
