using Microsoft.Extensions.Time.Testing;
using Weir.Testing.Traits;
using Weir.Worker.Radio.Listening;

namespace Weir.Worker.Radio.Tests.Listening;

[Unit]
public sealed class MeterTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Rate_BurstFirst_IsThatOfWhatFollows()
    {
        var meter = Opened();
        meter.Add(64_000);

        Play(meter, 16_000, 20);

        Assert.Equal(16_000, meter.Rate, tolerance: 100);
    }

    [Fact]
    public void Rate_StationFallsSilent_FadesWithinMinutes()
    {
        var meter = Opened();
        Play(meter, 16_000, 20);

        Play(meter, 0, 30);
        var afterHalfAMinute = meter.Rate;
        Play(meter, 0, 300);

        Assert.InRange(afterHalfAMinute, 4_000, 8_000);
        Assert.InRange(meter.Rate, 0, 5);
    }

    [Fact]
    public void Rate_LookedAtBeforeTheStationIsFound_IsNotDrawnDownByThat()
    {
        var meter = new Meter(_clock);
        _clock.Advance(TimeSpan.FromMinutes(1));
        meter.Add(0);
        meter.Opened();

        Play(meter, 16_000, 10);

        Assert.Equal(16_000, meter.Rate, tolerance: 100);
    }

    [Fact]
    public void Rate_NothingYet_IsZero() => Assert.Equal(0, Opened().Rate);

    private Meter Opened()
    {
        var meter = new Meter(_clock);
        meter.Opened();
        return meter;
    }

    private void Play(Meter meter, int bytesPerSecond, int seconds)
    {
        for (var tenth = 0; tenth < seconds * 10; tenth++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            meter.Add(bytesPerSecond / 10);
        }
    }
}
