using MassTransit;

namespace Weir.Outbox.Delivery;

/// <summary>
/// Destinations that just failed and are left alone for a while, so that the messages to all others go on. A broker
/// that is away is asked again soon; a destination that fails while the bus is healthy is asked ever more seldom.
/// </summary>
internal sealed class HeldDestinations(IBusControl bus, TimeProvider clock)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WhileAway = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Pause> _pauses = new(StringComparer.Ordinal);

    /// <summary>Those whose pause is not over.</summary>
    public IReadOnlyList<string> Now()
    {
        if (_pauses.Count == 0) return [];
        var now = clock.GetUtcNow();
        return [.. _pauses.Where(one => one.Value.Until > now).Select(one => one.Key)];
    }

    /// <summary>How long until the next pause is over; null where none is.</summary>
    public TimeSpan? NextIn() => _pauses.Values.Where(pause => pause.IsOn).Select(pause => (TimeSpan?)(pause.Until - clock.GetUtcNow())).Min();

    /// <summary>Whether a pause ended since this was last asked: rows below the last look's begin are worth a look again.</summary>
    public bool TakeEnded()
    {
        var now = clock.GetUtcNow();
        var ended = _pauses.Where(one => one.Value.IsOn && one.Value.Until <= now).Select(one => one.Key).ToList();
        foreach (var destination in ended) _pauses[destination] = _pauses[destination] with { IsOn = false };
        return ended.Count > 0;
    }

    public void Hold(string destination)
    {
        var isAway = bus.CheckHealth().Status != BusHealthStatus.Healthy;
        var before = _pauses.TryGetValue(destination, out var last) ? last.For : TimeSpan.Zero;
        var longer = isAway ? WhileAway : before == TimeSpan.Zero ? First : Min(before * 2, Longest);
        _pauses[destination] = new Pause(clock.GetUtcNow() + longer, isAway ? TimeSpan.Zero : longer, IsOn: true);
    }

    public void Release(string destination) => _pauses.Remove(destination);

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private readonly record struct Pause(DateTimeOffset Until, TimeSpan For, bool IsOn);
}
