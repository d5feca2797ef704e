namespace Weir.Worker.Radio.Listening;

/// <summary>How many bytes a second a station sends, smoothed over half a minute. Not for two threads at once.</summary>
internal sealed class Meter(TimeProvider clock)
{
    private const double SmoothSeconds = 30;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(2);

    private long? _opened;
    private long? _looked;
    private long _bytes;
    private bool _isKnown;

    /// <summary>Bytes a second; 0 before the first is known.</summary>
    internal double Rate { get; private set; }

    /// <summary>A connection was made: what comes in its first two seconds is what the server had kept, and tells nothing.</summary>
    internal void Opened() => _opened = clock.GetTimestamp();

    /// <summary>So many came just now; 0 where only time has passed.</summary>
    internal void Add(int bytes)
    {
        if (_opened is { } since)
        {
            if (clock.GetElapsedTime(since) < Kept)
                return;
            (_opened, _looked, _bytes) = (null, clock.GetTimestamp(), 0);
            return;
        }
        if (_looked is not { } looked)
            return; // Nothing was ever connected to.
        _bytes += bytes;
        var passed = clock.GetElapsedTime(looked);
        if (passed < Look)
            return;
        var now = _bytes / passed.TotalSeconds;
        Rate = _isKnown ? Rate + (now - Rate) * (1 - Math.Exp(-passed.TotalSeconds / SmoothSeconds)) : now;
        (_looked, _bytes, _isKnown) = (clock.GetTimestamp(), 0, true);
    }
}
