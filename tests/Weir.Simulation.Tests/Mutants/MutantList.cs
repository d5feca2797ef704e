namespace Weir.Simulation.Tests.Mutants;

/// <summary>Every planted defect by name: those of the core stand in mutants.txt, those of the shells are switches in the simulator.</summary>
internal static class MutantList
{
    internal static readonly string[] OfShells =
    [
        "acknowledged-before-commit",
        "version-check-left-out",
        "era-not-compared-when-granting",
        "era-opens-unheard",
        "counter-goes-on-after-restore",
        "earlier-incarnation-not-fenced",
        "expiry-on-a-wall-clock",
        "superseded-process-fights-on",
        "lock-vouches-for-anybody",
        "command-of-other-incarnation-obeyed",
        "registration-covers-what-is-not-kept",
        "stopped-said-while-running",
        "starts-after-stopped",
        "released-said-while-handler-runs",
        "gate-forgets-after-release",
        "no-claim",
        "checkpoint-read-before-claim",
        "never-asked-again",
    ];

    /// <summary>False when the simulation was built on the shipped assembly.</summary>
#if WEIR_MUTANTS
    internal static bool ArePlanted => true;
#else
    internal static bool ArePlanted => false;
#endif

    internal static IEnumerable<string> OfCore =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Mutants", "mutants.txt"))
            .Where(line => line.StartsWith("mutant ", StringComparison.Ordinal))
            .Select(line => line["mutant ".Length..].Trim());

    internal static string[] All => [.. OfCore, .. OfShells];
}
