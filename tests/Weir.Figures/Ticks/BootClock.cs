using System.Runtime.InteropServices;

namespace Weir.Figures.Ticks;

/// <summary>The clock that the tickers' logs carry: one for all processes of the machine, and it runs through suspend.</summary>
internal static partial class BootClock
{
    private const int BootTime = 7;

    private static readonly TimeProvider Clock = TimeProvider.System;

    public static TimeSpan Now => Read(BootTime, out var time) == 0
        ? new TimeSpan(time.Seconds * TimeSpan.TicksPerSecond + time.Nanoseconds / TimeSpan.NanosecondsPerTick)
        : throw new InvalidOperationException("CLOCK_BOOTTIME cannot be read: the figures need Linux");

    /// <summary>Lets so much time pass: the fault lasts as long as the row says.</summary>
    public static Task PassAsync(TimeSpan time, CancellationToken cancel) => Task.Delay(time, Clock, cancel);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Read(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
