using System.Data;
using Microsoft.Extensions.Time.Testing;
using Weir.Outbox.Delivery;
using Weir.Outbox.Dialects;
using Weir.Outbox.Lanes;
using Weir.Testing.Traits;

namespace Weir.Outbox.Tests.Parts;

[Unit]
public sealed class SweepTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Sweep _sweep;

    public SweepTests() => _sweep = new Sweep(
        new OutboxSettings(
            "lane", new SqliteDialect(), TimeSpan.FromSeconds(1), 10, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(30),
            IsolationLevel.ReadCommitted, 64, TimeSpan.FromSeconds(1), 1024),
        _clock);

    [Fact]
    public void FirstLook_IsWhole() => Assert.Equal((-1, true), _sweep.Begin(false));

    [Fact]
    public void WokenLook_BeginsALittleBelowTheHighestDelivered()
    {
        _sweep.Begin(false);
        _sweep.Ended(new Look(5, 5, 50_000, false));

        Assert.Equal((49_000, false), _sweep.Begin(false));
    }

    [Fact]
    public void AfterQueryDelay_TheNextLookIsWhole()
    {
        _sweep.Begin(false);
        _sweep.Ended(new Look(5, 5, 50_000, false));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((-1, true), _sweep.Begin(false));
    }

    [Fact]
    public void FullLook_GoesOnAboveItsLastRow()
    {
        _sweep.Begin(false);
        _sweep.Ended(new Look(10, 10, 50_000, false));

        Assert.True(_sweep.HasMore);
        Assert.Equal((50_000, false), _sweep.Begin(false));
    }

    [Fact]
    public void HeldDestinationLetGo_MakesTheNextLookWhole()
    {
        _sweep.Begin(false);
        _sweep.Ended(new Look(5, 5, 50_000, false));

        Assert.Equal((-1, true), _sweep.Begin(mustBeWhole: true));
    }

    [Fact]
    public void DearWholeSweep_IsMadeMoreSeldom()
    {
        _sweep.Begin(false);
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        _sweep.Ended(new Look(0, 0, null, false));

        Assert.Equal(TimeSpan.FromSeconds(9.5), _sweep.NextIn(null));
        Assert.Equal(TimeSpan.FromSeconds(2), _sweep.NextIn(TimeSpan.FromSeconds(2)));
    }
}
