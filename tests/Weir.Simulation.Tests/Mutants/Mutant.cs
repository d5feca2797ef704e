namespace Weir.Simulation.Tests.Mutants;

/// <summary>The one planted defect that is switched on in this thread; none in an honest run.</summary>
internal static class Mutant
{
    [ThreadStatic]
    private static string? t_planted;

    internal static bool Is(string name) => t_planted is { } planted && string.Equals(planted, name, StringComparison.Ordinal);

    internal static void Plant(string? name) => t_planted = name;
}
