using Weir.Worker.Radio.Tuning;

namespace Weir.Worker.Radio.Listening;

/// <summary>Holds a connection to the rates that are allowed: more than the most waits in the network, less than the least is a stall. Not for two threads at once.</summary>
internal sealed class Pace(RadioOptions options, TimeProvider clock)
{
    private const int StallsALook = 3;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private long _second = clock.GetTimestamp();
    private long _inSecond;
    private long _look = clock.GetTimestamp();
    private long _inLook;

    /// <summary>So many came; returns when more may be read.</summary>
    /// <exception cref="TuningException">Too little came for too long.</exception>
    internal async ValueTask KeepAsync(int bytes, CancellationToken cancel)
    {
        (_inSecond, _inLook) = (_inSecond + bytes, _inLook + bytes);
        var looked = clock.GetElapsedTime(_look);
        if (looked >= options.StallAfter * StallsALook)
        {
            var rate = _inLook / looked.TotalSeconds;
            if (rate < options.LeastBytesPerSecond)
                throw new TuningException(TuningFault.Stalled, $"only {rate:0} bytes a second came for {looked.TotalSeconds:0} s");
            (_look, _inLook) = (clock.GetTimestamp(), 0);
        }
        var passed = clock.GetElapsedTime(_second);
        if (passed < Second && _inSecond < options.MostBytesPerSecond)
            return;
        if (passed < Second)
            await Task.Delay(Second - passed, clock, cancel);
        (_second, _inSecond) = (clock.GetTimestamp(), 0);
    }
}
