using Microsoft.Extensions.Hosting;

namespace Weir.ServiceDefaults.Memory;

/// <summary>
/// Gives back to the machine what a burst took, once it is over: a fleet that registers, a plan of ten thousand streams. What
/// grew old in it stays until the collector takes all generations, for which a quiet fleet gives it no reason (ADR 24).
/// </summary>
internal sealed class MemoryReturn(TimeProvider clock, Func<(long Allocated, long Committed)> heap, Action giveBack) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);
    private readonly HeapWatch _watch = new();
    private long _before;

    internal static MemoryReturn OfThisProcess(TimeProvider clock) => new(
        clock,
        () => (GC.GetTotalAllocatedBytes(), GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes),
        () => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) Look();
    }

    /// <summary>One period has passed.</summary>
    internal void Look()
    {
        var (allocated, committed) = heap();
        if (_watch.IsDue(allocated - _before, committed)) giveBack();
        _before = allocated;
    }
}
