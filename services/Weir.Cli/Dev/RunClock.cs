using System.Diagnostics;

namespace Weir.Cli.Dev;

/// <summary>Time since the process was started, its loading included: what a person waits.</summary>
internal sealed class RunClock
{
    private readonly TimeProvider _clock;
    private readonly long _origin;
    private readonly TimeSpan _before;

    internal RunClock(TimeProvider clock)
    {
        using var process = Process.GetCurrentProcess();
        (_clock, _origin) = (clock, clock.GetTimestamp());
        var before = clock.GetUtcNow() - new DateTimeOffset(process.StartTime);
        _before = before > TimeSpan.Zero ? before : TimeSpan.Zero;
    }

    internal TimeSpan Now => _before + _clock.GetElapsedTime(_origin);
}
