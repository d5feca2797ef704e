using Weir.Core.Assignments;
using Weir.Core.Leases;
using Weir.Persistence.Settings;
using Weir.Testing.Traits;

namespace Weir.Persistence.Tests.Settings;

[Unit]
public sealed class PoolSettingsTests
{
    [Fact]
    public void Parse_EmptyObject_IsTheFastProfile()
    {
        var settings = PoolSettings.Parse("{}");

        Assert.Equal(LeaseTimes.Fast, settings.Lease());
        Assert.Equal(0.05, settings.Planning().Band);
        Assert.Equal(200, settings.MovesInFlightMax());
        Assert.Equal(TimeSpan.FromMinutes(5), settings.LocalModeFor(StreamClass.Fenced));
        Assert.Equal(TimeSpan.Zero, settings.LocalModeFor(StreamClass.Unfenced));
    }

    [Fact]
    public void Parse_RelaxedWithOneFigure_TakesTheRestFromTheProfile()
    {
        var settings = PoolSettings.Parse("""{"profile":"relaxed","beatMs":30000}""");

        Assert.Equal(LeaseTimes.Relaxed with { Beat = TimeSpan.FromSeconds(30) }, settings.Lease());
        Assert.Equal(settings, PoolSettings.Parse(settings.ToJson()));
    }

    [Theory]
    [InlineData("""{"beatMs":5000}""", "beatMs 5000")]
    [InlineData("""{"movesInFlight":0}""", "movesInFlight 0")]
    [InlineData("""{"movesAWorker":0}""", "movesAWorker 0")]
    [InlineData("""{"band":2}""", "Band is 2")]
    [InlineData("""{"bandd":0.1}""", "bandd")]
    [InlineData("""{"settleMs":-1}""", "settleMs -1")]
    [InlineData("not json", "not json")]
    public void Parse_FigureThatCannotBe_IsNamed(string json, string named) =>
        Assert.Contains(named, Assert.Throws<PoolSettingsRefusedException>(() => PoolSettings.Parse(json)).Message, StringComparison.Ordinal);
}
