using Microsoft.Extensions.Time.Testing;
using Weir.Outbox.Delivery;
using Weir.Testing.Traits;

namespace Weir.Outbox.Tests.Parts;

[Unit]
public sealed class WarmDestinationsTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly WarmDestinations _warm;

    public WarmDestinationsTests() => _warm = new WarmDestinations(_clock);

    [Fact]
    public void Destination_IsWarmForAMomentAfterItConfirmed()
    {
        Assert.False(_warm.Contains("a"));
        _warm.Confirmed("a");

        Assert.True(_warm.Contains("a"));
        Assert.False(_warm.Contains("b"));
        _clock.Advance(TimeSpan.FromMilliseconds(200));
        Assert.False(_warm.Contains("a"));
    }

    [Fact]
    public void Destination_ThatFailed_IsCold()
    {
        _warm.Confirmed("a");
        _warm.Failed("a");

        Assert.False(_warm.Contains("a"));
    }
}
