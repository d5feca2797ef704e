namespace Weir.Cli.Dev.Reading;

/// <summary>A stream that nobody runs though it should be run.</summary>
/// <param name="Stream">Its name.</param>
/// <param name="Why">In words.</param>
/// <param name="Since">Since when it was seen so, on the run's clock.</param>
internal sealed record UnownedView(string Stream, string Why, TimeSpan Since);
