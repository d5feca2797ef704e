namespace Weir.Worker.Agent;

/// <summary>What the process takes of its machine, measured from one beat to the next.</summary>
internal sealed class ProcessFigures(TimeProvider clock)
{
    private long _since = clock.GetTimestamp();
    private TimeSpan _used = Environment.CpuUsage.TotalTime;

    /// <summary>The share of the cores it may use, 0 to 1; null when no time has passed.</summary>
    internal double? CpuShare()
    {
        var (now, used) = (clock.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var span = clock.GetElapsedTime(_since, now);
        var share = span > TimeSpan.Zero ? Math.Clamp((used - _used) / span / Environment.ProcessorCount, 0, 1) : (double?)null;
        (_since, _used) = (now, used);
        return share;
    }

    internal static long MemoryBytes() => Environment.WorkingSet;
}
