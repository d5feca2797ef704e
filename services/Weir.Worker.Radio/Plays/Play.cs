namespace Weir.Worker.Radio.Plays;

/// <summary>One play, as a row of the table says it. Times are Unix milliseconds.</summary>
/// <param name="BeganMs">When it was first heard; with the station it is the row's key.</param>
/// <param name="Title">Empty where the station tells none.</param>
/// <param name="SeenMs">When it was last heard.</param>
/// <param name="EndedMs">When it ended; null while it plays.</param>
/// <param name="GapMs">The longest time within it without a byte.</param>
internal sealed record Play(long BeganMs, string Title, long SeenMs, long? EndedMs, long GapMs);
