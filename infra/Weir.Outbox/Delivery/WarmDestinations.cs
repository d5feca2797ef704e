namespace Weir.Outbox.Delivery;

/// <summary>
/// Destinations that confirmed a message a moment ago: their endpoint is open, so that many messages on their way at once keep their
/// order. A connection that is lost and back is longer away than the moment that counts.
/// </summary>
internal sealed class WarmDestinations(TimeProvider clock)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<string, long> _confirmedAt = new(StringComparer.Ordinal);

    /// <summary>Whether the destination may take many at once without one that goes ahead alone.</summary>
    public bool Contains(string destination) => _confirmedAt.TryGetValue(destination, out var at) && clock.GetElapsedTime(at) < Moment;

    public void Confirmed(string destination)
    {
        // There are as many as message types and queues; answers to askers' own queues could make them more and more.
        if (_confirmedAt.Count >= 1_000) _confirmedAt.Clear();
        _confirmedAt[destination] = clock.GetTimestamp();
    }

    public void Failed(string destination) => _confirmedAt.Remove(destination);
}
