using System.Runtime.InteropServices;

namespace Weir.Worker.Clock;

/// <summary>
/// The system's time, with timestamps that run through suspend: a laptop that slept has lost its leases, and must know it before its
/// first write. On Linux that is CLOCK_BOOTTIME; elsewhere <see cref="System.Diagnostics.Stopwatch"/>, whose clock counts suspended time on Windows and
/// macOS as it pleases the system: there a worker's machine must not be suspended.
/// </summary>
public sealed partial class BootClock : TimeProvider
{
    private const int ClockBootTime = 7;
    private const long NanosecondsASecond = 1_000_000_000;

    private BootClock()
    {
    }

    /// <summary>The one there is.</summary>
    public static BootClock Instance { get; } = new();

    /// <summary>Whether it really runs through suspend.</summary>
    public static bool RunsThroughSuspend { get; } = OperatingSystem.IsLinux() && TryRead(out _);

    /// <inheritdoc/>
    public override long TimestampFrequency => RunsThroughSuspend ? NanosecondsASecond : base.TimestampFrequency;

    /// <summary>On Linux nanoseconds since the machine started, suspend included; the same for all processes of the machine.</summary>
    public override long GetTimestamp() => RunsThroughSuspend && TryRead(out var now) ? now : base.GetTimestamp();

    private static bool TryRead(out long nanoseconds)
    {
        var read = ReadClock(ClockBootTime, out var time) == 0;
        nanoseconds = read ? (long)time.Seconds * NanosecondsASecond + time.Nanoseconds : 0;
        return read;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ReadClock(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        internal nint Seconds;
        internal nint Nanoseconds;
    }
}
