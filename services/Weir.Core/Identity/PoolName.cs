namespace Weir.Core.Identity;

/// <summary>
/// What the name of a pool may look like: 1 to 64 letters, digits or any of <c>. _ -</c>, the first a letter or digit.
/// One rule for the worker that joins, the service that takes it in and whoever declares streams.
/// </summary>
public static class PoolName
{
    /// <summary>The rule in words, as the end of a refusal.</summary>
    public const string Right = "1 to 64 letters, digits or any of . _ -, a letter or digit first";

    private static readonly IdRule Rule = new("pool", lengthMax: 64, marks: "._-");

    /// <summary>Whether the name keeps the rule.</summary>
    public static bool IsAllowed(string? text) => Rule.Allows(text);
}
