using System.Runtime.CompilerServices;
using Weir.ServiceDefaults.Memory;
using Weir.Testing.Traits;

namespace Weir.Bus.Tests;

[Unit]
public sealed class MemoryReturnTests
{
    private const long Megabyte = 1024 * 1024;

    [Fact]
    public void Heap_ThatHasGrown_IsGivenBackAtTheThirdCalmPeriod() =>
        Assert.Equal([false, false, false, false, true], Due((1, 20), (200, 60), (127, 60), (127, 60), (127, 60)));

    [Fact]
    public void Heap_IsNotGivenBack_WhileAnyOfThreePeriodsIsBusy() =>
        Assert.DoesNotContain(true, Due((1, 20), (200, 60), (1, 60), (1, 60), (128, 60), (1, 60), (1, 60), (150, 60)));

    [Fact]
    public void Heap_ThatHasNotGrown_IsLeftAlone() =>
        Assert.DoesNotContain(true, Due((200, 20), (1, 31), (1, 31), (1, 31), (1, 25), (1, 31)));

    [Fact]
    public void Heap_GrowsFromTheLeastItWas() =>
        Assert.Equal([false, false, false, false, true], Due((1, 40), (1, 30), (1, 30), (1, 41), (1, 42)));

    [Fact]
    public void Heap_GivenBackOnce_IsGivenBackAgainWhenItHasGrownAgain() =>
        Assert.Equal([false, false, true, false, false, false, true], Due((1, 20), (1, 50), (1, 50), (1, 40), (1, 51), (1, 51), (1, 52)));

    [Fact]
    public void Look_TakesWhatWasAllocatedSinceTheLastOne()
    {
        var (heap, given) = ((Allocated: 0L, Committed: 20 * Megabyte), 0);
        using var service = new MemoryReturn(TimeProvider.System, () => heap, () => given++);

        Assert.Equal([0, 0, 0, 0, 1, 1], [Look(200, 20), Look(200, 60), Look(1, 60), Look(1, 60), Look(1, 60), Look(1, 20)]);

        int Look(int megabytes, int committed)
        {
            heap = (heap.Allocated + (megabytes * Megabyte), committed * Megabyte);
            service.Look();
            return given;
        }
    }

    [Fact]
    public void OfThisProcess_GivesBackWhatABurstTook()
    {
        using var service = MemoryReturn.OfThisProcess(TimeProvider.System);
        GC.Collect();
        service.Look();
        var held = new WeakReference(null);
        Burst(held);

        // Other tests allocate too: it is calm when they pause for the moment between a few looks.
        for (var looks = 0; held.IsAlive && looks < 1000; looks++) service.Look();

        Assert.False(held.IsAlive, "the burst is still in memory");

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Burst(WeakReference held)
        {
            var block = new byte[8 * HeapWatch.GrownBytes];
            block.AsSpan().Fill(1);
            GC.Collect();
            held.Target = block;
            GC.KeepAlive(block);
        }
    }

    private static IEnumerable<bool> Due(params (int Allocated, int Committed)[] megabytes)
    {
        var watch = new HeapWatch();
        return [.. megabytes.Select(each => watch.IsDue(each.Allocated * Megabyte, each.Committed * Megabyte))];
    }
}
