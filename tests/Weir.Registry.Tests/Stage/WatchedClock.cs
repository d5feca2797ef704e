using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Weir.Registry.Tests.Stage;

/// <summary>A clock that stands still until somebody waits for it, and tells for how long.</summary>
internal sealed class WatchedClock : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero) _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until somebody waits, and lets that time pass.</summary>
    internal async Task<TimeSpan> PassNextAsync(CancellationToken cancel)
    {
        var due = await _timers.Reader.ReadAsync(cancel);
        Advance(due);
        return due;
    }
}
