using System.Runtime.CompilerServices;
using Weir.ServiceDefaults.Memory;
using Weir.Testing.Traits;

namespace Weir.Bus.Tests;

[Unit]
public sealed class MemoryReturnTests
{
    private const long Megabyte = 1024 * 1024;

    [Fact]
    public void Burst_EndsOnce_WithTheFirstPeriodUnderAQuarterOfItsBusiest() =>
        Assert.Equal([false, false, false, true, false, false], Ends(40, 100, 25, 24, 1, 24));

    [Fact]
    public void Burst_AfterOneThatEnded_EndsAgain() => Assert.Equal([false, true, false, true], Ends(32, 7, 32, 7));

    [Fact]
    public void Work_ThatIsNeverABurst_EndsNothing() => Assert.DoesNotContain(true, Ends(31, 0, 31, 0, 5));

    [Fact]
    public void Work_ThatGoesOnAlike_EndsNothing() => Assert.DoesNotContain(true, Ends(100, 60, 110, 40, 100));

    [Fact]
    public void Look_GivesMemoryBack_OnceTheBurstIsOver()
    {
        var (allocated, given) = (0L, 0);
        using var service = new MemoryReturn(TimeProvider.System, () => allocated, () => given++);

        Assert.Equal([0, 0, 1, 1], [Look(200), Look(200), Look(1), Look(1)]);

        int Look(int megabytes)
        {
            allocated += megabytes * Megabyte;
            service.Look();
            return given;
        }
    }

    [Fact]
    public void OfThisProcess_GivesBackWhatABurstTook()
    {
        using var service = MemoryReturn.OfThisProcess(TimeProvider.System);
        service.Look();
        var held = new WeakReference(null);
        Burst(held);

        // Other tests allocate too: the burst is over when they pause for the moment between two looks.
        service.Look();
        for (var looks = 0; held.IsAlive && looks < 1000; looks++) service.Look();

        Assert.False(held.IsAlive, "the burst is still in memory");

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Burst(WeakReference held)
        {
            var block = new byte[2 * BurstWatch.BurstBytes];
            GC.Collect();
            held.Target = block;
            GC.KeepAlive(block);
        }
    }

    private static IEnumerable<bool> Ends(params int[] megabytes)
    {
        var watch = new BurstWatch();
        return [.. megabytes.Select(each => watch.Ends(each * Megabyte))];
    }
}
