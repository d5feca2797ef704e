using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Weir.Persistence.Tests.Stage;

/// <summary>A clock that stands still and tells of each timer that is set, so that a test moves it when somebody waits and not before.</summary>
internal sealed class WatchedClock : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until somebody sets a timer that is due before <paramref name="below"/>, and moves the clock to it.</summary>
    internal async Task<TimeSpan> PassNextAsync(TimeSpan below, CancellationToken cancel)
    {
        await foreach (var due in _timers.Reader.ReadAllAsync(cancel))
        {
            if (due <= TimeSpan.Zero || due >= below) continue;
            Advance(due);
            return due;
        }

        throw new InvalidOperationException("No timer was set.");
    }
}
