using Weir.Persistence.Resilience;
using Weir.Persistence.Settings;
using Weir.Testing.Traits;

namespace Weir.Persistence.Tests.Resilience;

[Unit]
[Seed("2.3")]
public sealed class BackoffTests
{
    private static readonly DatabaseOptions Defaults = new();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(5, 32)]
    [InlineData(6, 60)]
    [InlineData(60, 60)]
    public void Pause_DoublesUpToAMinute(int retry, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.Before(Defaults, retry, chance: 0.5));

    [Theory]
    [InlineData(0, 0.75)]
    [InlineData(0.5, 1)]
    [InlineData(1, 1.25)]
    public void Pause_VariesByAQuarter(double chance, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.Before(Defaults, retry: 0, chance));

    [Fact]
    public void Ladder_OfTheDefaults_IsFourTriesAndThirtySixSeconds() =>
        Assert.Equal(new RetryLadder(4, TimeSpan.FromSeconds(8.75), TimeSpan.FromSeconds(36)), RetryLadder.Of(Defaults));
}
