namespace Weir.Worker.Radio.Plays;

/// <summary>
/// Turns what is heard into plays: a play goes on while its title is heard again within <paramref name="sameWithinMs"/>, at this worker
/// or the next. Keeps what is not written yet, 100 plays at most. Times are Unix milliseconds and may step back: a play's never do.
/// </summary>
/// <param name="mark">What the last owner left; null where there was none.</param>
/// <param name="sameWithinMs">How long a play may go unheard.</param>
internal sealed class PlayBook(PlayMark? mark, long sameWithinMs)
{
    private const int KeptMost = 100;

    // A station that changes its title with every block must not fill the table.
    private const long TitleMs = 1_000;

    private readonly Queue<Play> _ended = new();
    private Play? _current = mark is { HasEnded: false } ? new Play(mark.BeganMs, mark.Title, mark.SeenMs, null, 0) : null;
    private long _lastBegan = mark?.BeganMs ?? long.MinValue;
    private bool _isChanged;
    private int _givenUp;

    /// <summary>What plays; null where nothing does.</summary>
    internal string? Title => _current?.Title;

    /// <summary>The longest time without a byte in any play.</summary>
    internal long LongestGapMs { get; private set; }

    /// <summary>What plays as far as is known, where no title was told since.</summary>
    internal string? TitleAt(long now) => _current is { } play && now - play.SeenMs <= sameWithinMs ? play.Title : null;

    /// <summary>Sound came under this title.</summary>
    /// <returns>Whether a play began or went on that was not this worker's before, which should be written at once.</returns>
    internal bool Heard(string title, long now)
    {
        if (_current is not { } play)
            return Begin(title, now);
        now = Math.Max(now, play.SeenMs);
        var gap = now - play.SeenMs;
        if (gap > sameWithinMs)
        {
            End(play);
            return Begin(title, now);
        }
        LongestGapMs = Math.Max(LongestGapMs, gap);
        if (title != play.Title && now - play.BeganMs >= TitleMs)
        {
            End(play with { SeenMs = now, GapMs = Math.Max(play.GapMs, gap) });
            return Begin(title, now);
        }
        var isFirst = !_isChanged && gap >= TitleMs;
        (_current, _isChanged) = (play with { SeenMs = now, GapMs = Math.Max(play.GapMs, gap) }, true);
        return isFirst;
    }

    /// <summary>What is to be written; a play that has gone unheard for too long has ended.</summary>
    internal PlayPage Take(long now)
    {
        if (_current is { } silent && now - silent.SeenMs > sameWithinMs)
        {
            End(silent);
            _current = null;
        }
        var page = new PlayPage([.. _ended, .. _current is { } play && _isChanged ? [play] : Array.Empty<Play>()], _givenUp);
        _givenUp = 0;
        return page;
    }

    /// <summary>The page is in the table.</summary>
    internal void Written(PlayPage page)
    {
        foreach (var play in page.Plays)
            if (_ended.TryPeek(out var first) && first == play)
                _ended.Dequeue();
            else if (play == _current)
                _isChanged = false;
    }

    private bool Begin(string title, long now)
    {
        var began = Math.Max(now, _lastBegan + 1);
        (_current, _lastBegan, _isChanged) = (new Play(began, title, began, null, 0), began, true);
        return true;
    }

    private void End(Play play)
    {
        _ended.Enqueue(play with { EndedMs = play.SeenMs });
        if (_ended.Count > KeptMost)
        {
            _ended.Dequeue();
            _givenUp++;
        }
    }
}
