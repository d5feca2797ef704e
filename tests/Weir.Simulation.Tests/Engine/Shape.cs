using Weir.Core.Leases;

namespace Weir.Simulation.Tests.Engine;

/// <summary>What one seed makes of a run: the fleet, the clocks, and which faults come how often (swarm testing: not all in every run).</summary>
internal sealed record Shape(ulong Seed)
{
    internal int Workers { get; init; } = 3;

    internal int Streams { get; init; } = 8;

    internal int Registries { get; init; } = 2;

    internal int Orchestrators { get; init; } = 2;

    internal LeaseTimes Times { get; init; } = LeaseTimes.Fast;

    internal long Safety { get; init; } = 50 * Span.Minute;

    /// <summary>Slowest and fastest clock, in thousandths of real time. Their ratio stays within the promise, 4/3.</summary>
    internal int RateFrom { get; init; } = 1000;

    internal int RateTo { get; init; } = 1000;

    internal int LossPerMillion { get; init; }

    internal int TwicePerMillion { get; init; }

    internal int LatePerMillion { get; init; }

    internal int VeryLatePerMillion { get; init; }

    internal int CommitLostPerMillion { get; init; }

    internal int CommitRefusedPerMillion { get; init; }

    internal int HandlerFailsPerMillion { get; init; }

    internal int StuckPerMillion { get; init; }

    internal int WriteLatePerMillion { get; init; }

    internal int ClaimLostPerMillion { get; init; }

    /// <summary>How often a planner wishes to give away what its owner still has.</summary>
    internal int CarelessPerMillion { get; init; }

    /// <summary>Whether the broker tells of queues that are gone.</summary>
    internal bool TellsOfQueues { get; init; } = true;

    /// <summary>The mean gap between two faults of the nemesis; 0 for none.</summary>
    internal long FaultEvery { get; init; }

    /// <summary>The timed faults this run knows, one bit each.</summary>
    internal ulong Kinds { get; init; }

    /// <summary>One in so many restores and promotions that the dice give is carried out.</summary>
    internal int RestoresOneIn { get; init; } = 6;

    internal bool Knows(Fault fault) => (Kinds >> (int)fault & 1) != 0;

    /// <summary>How the streams' classes are dealt: per thousand that are Fenced, per thousand that have a local mode.</summary>
    internal int FencedPerThousand { get; init; } = 500;

    internal int LocalModePerThousand { get; init; } = 250;

    internal static Shape Of(ulong seed)
    {
        var rng = new Rng(seed, purpose: 2);
        var kinds = rng.Next() | rng.Next() & rng.Next();
        var calm = rng.Below(10) == 0;
        var restores = rng.Below(5) == 0;
        var wide = rng.Below(4) == 0;
        var workers = (int)rng.Between(2, 6);
        return new Shape(seed)
        {
            Workers = workers,
            Streams = (int)rng.Between(1, 20),
            Registries = 2 + rng.Below(2),
            Orchestrators = 2 + (rng.Below(4) == 0 ? 1 : 0),
            RateFrom = wide ? 870 : 900 + rng.Below(100),
            RateTo = wide ? 1150 : 1000 + rng.Below(101),
            LossPerMillion = Dice(rng, 3, 60_000, 250_000),
            TwicePerMillion = Dice(rng, 3, 60_000, 400_000),
            LatePerMillion = Dice(rng, 3, 60_000, 300_000),
            VeryLatePerMillion = Dice(rng, 2, 3_000, 20_000),
            CommitLostPerMillion = Dice(rng, 3, 30_000, 100_000),
            CommitRefusedPerMillion = Dice(rng, 3, 30_000, 100_000),
            HandlerFailsPerMillion = Dice(rng, 2, 300, 10_000),
            StuckPerMillion = Dice(rng, 2, 30_000, 300_000),
            WriteLatePerMillion = Dice(rng, 2, 2_000, 20_000),
            ClaimLostPerMillion = Dice(rng, 2, 20_000, 100_000),
            CarelessPerMillion = Dice(rng, 2, 1_000, 10_000),
            FaultEvery = calm ? 2 * Span.Minute : rng.Between(2 * Span.Second, 25 * Span.Second),
            Kinds = restores ? kinds | Bit(Fault.DatabaseRestored) | Bit(Fault.DatabasePromoted) | Bit(Fault.CutBothWays) | Bit(Fault.WorkerPause) : kinds,
            RestoresOneIn = restores ? 1 : 6,
            FencedPerThousand = rng.Below(3) * 500,
            LocalModePerThousand = rng.Below(2) * 400,
        };
    }

    private static ulong Bit(Fault fault) => 1UL << (int)fault;

    // In one of "of" runs none; else small, or now and then large.
    private static int Dice(Rng rng, int of, int small, int large) => rng.Below(of) == 0 ? 0 : (int)rng.Between(1, rng.Below(5) == 0 ? large : small);
}
