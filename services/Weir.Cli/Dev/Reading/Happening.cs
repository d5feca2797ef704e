namespace Weir.Cli.Dev.Reading;

/// <summary>One line of what has happened.</summary>
/// <param name="At">When it was seen, on the run's clock.</param>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Words">As a person reads it.</param>
internal sealed record Happening(TimeSpan At, HappeningKind Kind, string Words);
