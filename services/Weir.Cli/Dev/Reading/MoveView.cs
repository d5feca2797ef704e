namespace Weir.Cli.Dev.Reading;

/// <summary>A stream on its way from one worker to another.</summary>
/// <param name="Stream">Its name.</param>
/// <param name="From">Who has, or had, it.</param>
/// <param name="To">Who shall have it.</param>
/// <param name="Why">In words.</param>
/// <param name="State">Where the move stands, in a word.</param>
/// <param name="Since">Since when it was seen, on the run's clock.</param>
internal sealed record MoveView(string Stream, string From, string To, string Why, string State, TimeSpan Since);
