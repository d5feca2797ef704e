using Weir.Persistence.Stores;

namespace Weir.Registry.Beats;

/// <summary>A beat that could be read.</summary>
/// <param name="Reading">What it says.</param>
/// <param name="Process">The process that says it; null when it does not name itself.</param>
internal readonly record struct HeardBeat(BeatReading Reading, string? Process);
