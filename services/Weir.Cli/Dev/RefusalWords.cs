namespace Weir.Cli.Dev;

/// <summary>Why a list of streams was not taken, in lines that fit a terminal.</summary>
internal static class RefusalWords
{
    private const int NamedMax = 5;

    // Registry names this many of them at most.
    private const int ToldMax = 200;

    /// <param name="declared">How many streams the list has.</param>
    /// <param name="reason">What Registry says of the first that is wrong.</param>
    /// <param name="wrong">Those that are wrong, as far as they were named.</param>
    internal static IReadOnlyList<string> Of(int declared, string reason, IReadOnlyList<string> wrong)
    {
        if (wrong.Count == 0)
            return [FormattableString.Invariant($"The list of {declared} streams is refused: {reason}")];
        var (first, more) = (string.Join(", ", wrong.Take(NamedMax)), wrong.Count - NamedMax);
        var count = FormattableString.Invariant($"{wrong.Count}{(wrong.Count >= ToldMax ? " or more" : "")} of {declared}");
        return
        [
            $"The list of streams is refused, and nothing of it was declared, for {count} cannot be taken: {first}{(more > 0 ? FormattableString.Invariant($" and {more} more") : "")}",
            $"{wrong[0]}: {reason}",
        ];
    }
}
