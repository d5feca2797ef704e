namespace Weir.Cli.Doctor;

/// <summary>What one look of `weir doctor` found.</summary>
/// <param name="Check">What was looked at.</param>
/// <param name="State">How it came out.</param>
/// <param name="Words">What was found.</param>
/// <param name="Advice">What to do; null where all is well.</param>
internal sealed record Finding(string Check, CheckState State, string Words, string? Advice = null)
{
    internal static Finding Ok(string check, string words) => new(check, CheckState.Ok, words);

    internal static Finding Failed(string check, string words, string advice) => new(check, CheckState.Failed, words, advice);

    internal static Finding Warning(string check, string words, string advice) => new(check, CheckState.Warning, words, advice);

    internal static Finding Skipped(string check, string words, string advice) => new(check, CheckState.Skipped, words, advice);
}
