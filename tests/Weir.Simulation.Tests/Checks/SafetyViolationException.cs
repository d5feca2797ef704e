namespace Weir.Simulation.Tests.Checks;

/// <summary>The outside checker found an invariant broken.</summary>
internal sealed class SafetyViolationException(string invariant, string what) : Exception($"{invariant}: {what}")
{
    internal string Invariant { get; } = invariant;
}
