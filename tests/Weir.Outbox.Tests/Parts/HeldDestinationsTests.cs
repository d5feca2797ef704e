using MassTransit;
using Microsoft.Extensions.Time.Testing;
using Weir.Outbox.Delivery;
using Weir.Testing.Traits;

namespace Weir.Outbox.Tests.Parts;

[Unit]
public sealed class HeldDestinationsTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new();
    private readonly IBusControl _bus = Bus.Factory.CreateUsingInMemory(_ => { });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void HealthyBus_FailsAgainAndAgain_IsHeldTwiceAsLongEachTimeUpToHalfAMinute()
    {
        var held = new HeldDestinations(_bus, _clock);
        for (var expected = 100d; expected < 60_000; expected *= 2)
        {
            held.Hold("a");
            Assert.Equal(TimeSpan.FromMilliseconds(Math.Min(expected, 30_000)), held.NextIn());
            Assert.Equal(["a"], held.Now());
            Assert.False(held.TakeEnded());
            _clock.Advance(held.NextIn()!.Value);
            Assert.Empty(held.Now());
            Assert.True(held.TakeEnded());
            Assert.False(held.TakeEnded());
        }
    }

    [Fact]
    public void Destination_ThatTookAMessage_BeginsAgainAtTheShortestPause()
    {
        var held = new HeldDestinations(_bus, _clock);
        held.Hold("a");
        held.Hold("a");
        held.Release("a");
        Assert.Empty(held.Now());

        held.Hold("a");

        Assert.Equal(TimeSpan.FromMilliseconds(100), held.NextIn());
    }

    [Fact]
    public async Task BusThatIsDown_IsAskedEveryQuarterSecond()
    {
        await _bus.StopAsync(Cancel);
        var held = new HeldDestinations(_bus, _clock);
        for (var time = 1; time <= 5; time++)
        {
            held.Hold("a");
            Assert.Equal(TimeSpan.FromMilliseconds(250), held.NextIn());
            _clock.Advance(TimeSpan.FromMilliseconds(250));
        }
    }

    public async ValueTask InitializeAsync() => await _bus.StartAsync(Cancel);

    public async ValueTask DisposeAsync() => await _bus.StopAsync(CancellationToken.None);
}
