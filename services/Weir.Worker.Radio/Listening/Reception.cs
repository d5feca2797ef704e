using Weir.Worker.Radio.Plays;
using Weir.Worker.Radio.Tuning;

namespace Weir.Worker.Radio.Listening;

/// <summary>What is heard of one station: the listener tells it, the writer takes it. Any thread may use it.</summary>
internal sealed class Reception(PlayBook book, TimeProvider clock)
{
    // A station that tells its title seldom is heard before it is named; that long it is left open which play it is.
    private static readonly TimeSpan TitleWithin = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Meter _meter = new(clock);
    private TaskCompletionSource _news = New();
    private string? _title;
    private string? _away = "not heard yet";
    private bool _tellsTitles;
    private long _opened;
    private long _bytes;

    /// <summary>Done when there is something that should be written at once: the first sound, another title.</summary>
    internal Task News
    {
        get
        {
            lock (_lock)
                return _news.Task;
        }
    }

    /// <summary>Why the station is not heard just now; null while it is.</summary>
    internal string? Away
    {
        get
        {
            lock (_lock)
                return _away;
        }
    }

    /// <summary>The last reason why it was not heard; null where it always was.</summary>
    internal TuningFault? LastFault { get; private set; }

    /// <summary>All bytes that came.</summary>
    internal long Bytes
    {
        get
        {
            lock (_lock)
                return _bytes;
        }
    }

    internal void Opened(bool tellsTitles)
    {
        lock (_lock)
        {
            (_tellsTitles, _title, _away, _opened) = (tellsTitles, null, null, clock.GetTimestamp());
            _meter.Opened();
        }
    }

    /// <param name="bytes">How many came.</param>
    /// <param name="title">A title that was told among them.</param>
    /// <param name="placeWentBy">Whether a place for a title has come on this connection: where it was empty, the title is what it was.</param>
    internal void Heard(int bytes, string? title, bool placeWentBy)
    {
        lock (_lock)
        {
            _meter.Add(bytes);
            _bytes += bytes;
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            _title = title ?? _title ?? Supposed(placeWentBy, now);
            if (_title is not null && book.Heard(_title, now))
                _news.TrySetResult();
        }
    }

    internal void Lost(TuningFault fault, string why)
    {
        lock (_lock)
            (_away, LastFault) = (why, fault);
    }

    /// <summary>What is to be written now, and what the station comes to.</summary>
    internal ReceptionLook Look()
    {
        lock (_lock)
        {
            if (_news.Task.IsCompleted)
                _news = New();
            _meter.Add(0);
            return new ReceptionLook(book.Take(clock.GetUtcNow().ToUnixTimeMilliseconds()), _meter.Rate, _away, book.Title, book.LongestGapMs);
        }
    }

    internal void Written(PlayPage page)
    {
        lock (_lock)
            book.Written(page);
    }

    private string? Supposed(bool placeWentBy, long now)
    {
        if (!_tellsTitles)
            return "";
        return placeWentBy || clock.GetElapsedTime(_opened) >= TitleWithin ? book.TitleAt(now) ?? "" : null;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
