using Weir.Outbox.Lanes;

namespace Weir.Outbox.Delivery;

/// <summary>
/// From which number the next look begins. Deleted rows stay in the index until the database cleans up, which a long
/// transaction elsewhere can put off for hours; so a look that was woken begins a little below what was delivered last,
/// and only every QueryDelay one begins at the very first row.
/// </summary>
internal sealed class Sweep(OutboxSettings settings, TimeProvider clock)
{
    // A transaction that took its numbers early may commit late. One that is later than this waits for the next whole sweep.
    private const long Slack = 1_000;

    // A whole sweep that the database finds dear is made more seldom: it takes at most a twentieth of the time.
    private const int Share = 20;

    private long _above = -1;
    private long _highest = -1;
    private long _begun;
    private long? _wholeAt;
    private TimeSpan _every = settings.QueryDelay;
    private bool _isWhole;

    /// <summary>The last look was full, so there is more to read at once.</summary>
    public bool HasMore { get; private set; }

    /// <summary>The number above which to look, and whether a whole sweep begins with it.</summary>
    /// <param name="mustBeWhole">Rows that were passed over may go now.</param>
    public (long Above, bool BeginsWhole) Begin(bool mustBeWhole)
    {
        _begun = clock.GetTimestamp();
        _isWhole = !HasMore && (mustBeWhole || _wholeAt is not { } last || clock.GetElapsedTime(last) >= _every);
        if (_isWhole)
        {
            _above = -1;
            _wholeAt = _begun;
        }

        return (_above, _isWhole);
    }

    public void Ended(Look look)
    {
        if (_isWhole && look.Read == 0)
            _every = Max(settings.QueryDelay, clock.GetElapsedTime(_begun) * Share);
        if (look.IsCutShort) _wholeAt = null;
        HasMore = look.Read == settings.QueryMessageLimit;
        if (look.Last is { } last) _highest = Math.Max(_highest, last);
        _above = HasMore ? look.Last!.Value : Math.Max(-1, _highest - Slack);
    }

    /// <summary>After a failure nothing is known: the next look is a whole one.</summary>
    public void StartOver()
    {
        HasMore = false;
        _wholeAt = null;
    }

    /// <summary>How long to wait for a signal before looking anyway.</summary>
    /// <param name="heldFor">Until the next held destination is let go; null where none is held.</param>
    public TimeSpan NextIn(TimeSpan? heldFor)
    {
        var left = _wholeAt is { } last ? _every - clock.GetElapsedTime(last) : TimeSpan.Zero;
        if (heldFor < left) left = heldFor.Value;
        return Max(left, TimeSpan.FromMilliseconds(1));
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
