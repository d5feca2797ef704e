namespace Weir.Core.Identity;

/// <summary>What a worker's capacity may be: units of weight, above 0 and at most 1,000,000. One rule for the worker that has it and the service that takes it in.</summary>
public static class CapacityRule
{
    /// <summary>The rule in words, as the end of a refusal.</summary>
    public const string Right = "a number above 0 and at most 1,000,000";

    private const double Max = 1e6;

    /// <summary>Whether the capacity keeps the rule; what is no number does not.</summary>
    public static bool Allows(double capacity) => capacity is > 0 and <= Max;
}
