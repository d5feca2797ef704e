namespace Weir.Simulation.Tests.Runs;

/// <summary>How one run ended.</summary>
internal sealed record RunResult(
    ulong Seed, string? Violation, ulong Trace, long VirtualTicks, long Events, long[] Faults, long[] Branches, long SettledAfter, long Grants, long Moves)
{
    internal bool Held => Violation is null;

    internal string Replay => $"WEIR_SIM_SEED={Seed} artifacts/bin/Weir.Simulation.Tests/release/Weir.Simulation.Tests -method '*.Replay_OneSeed_HoldsEveryInvariant'";
}
