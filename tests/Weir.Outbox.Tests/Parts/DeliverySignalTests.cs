using Weir.Outbox.Lanes;
using Weir.Testing.Traits;

namespace Weir.Outbox.Tests.Parts;

[Unit]
public sealed class DeliverySignalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignalGivenWhileNobodyWaits_IsKept()
    {
        using var signal = new DeliverySignal();
        signal.Set();
        signal.Set();

        await signal.WaitAsync(TimeSpan.FromHours(1), TimeProvider.System, Cancel);
    }

    [Fact]
    public async Task TwoSignals_AreOneLook()
    {
        using var signal = new DeliverySignal();
        signal.Set();
        signal.Set();
        await signal.WaitAsync(TimeSpan.FromHours(1), TimeProvider.System, Cancel);

        var again = signal.WaitAsync(TimeSpan.FromHours(1), TimeProvider.System, Cancel);
        Assert.False(again.IsCompleted);
        signal.Set();
        await again;
    }

    [Fact]
    public async Task TimeUp_Returns()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        using var signal = new DeliverySignal();
        var wait = signal.WaitAsync(TimeSpan.FromSeconds(1), clock, Cancel);
        clock.Advance(TimeSpan.FromSeconds(1));

        await wait;
    }
}
