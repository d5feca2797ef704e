namespace Weir.Bus.Parked;

/// <summary>How many messages an error queue has, and why.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Messages">How many it has.</param>
/// <param name="Looked">How many of them, from the oldest, were looked at.</param>
/// <param name="Reasons">How many of those were parked for each reason.</param>
public sealed record ParkedTally(ErrorQueueName Queue, long Messages, int Looked, IReadOnlyDictionary<string, int> Reasons);
