namespace Weir.Cli.Dev.Showing;

/// <summary>What the picture shows beside the fleet.</summary>
/// <param name="Address">The HTTP address.</param>
/// <param name="Bus">What carries the messages.</param>
/// <param name="Store">What keeps the tables.</param>
internal sealed record Stage(string Address, string Bus, string Store)
{
    /// <summary>What the matter with the bus is; null when nothing is.</summary>
    internal string? BusTrouble { get; init; }

    /// <summary>What the matter with the store is; null when nothing is.</summary>
    internal string? StoreTrouble { get; init; }

    /// <summary>What the last key led to; empty without one.</summary>
    internal string Note { get; init; } = "";

    /// <summary>Whether the keys are explained.</summary>
    internal bool Explains { get; init; }
}
