using Weir.Testing.Traits;

namespace Weir.Worker.Radio.Tests;

[Unit]
public sealed class RadioOptionsTests
{
    private const string Database = "Host=localhost;Database=radio";

    public static TheoryData<string, Action<RadioOptions>> Wrong => new()
    {
        { "ConnectionString is empty", options => options.ConnectionString = "" },
        { "ConnectionString is none for Postgres", options => options.ConnectionString = "Nonsense=1" },
        { "Sink is '7'", options => options.Sink = (RadioSinkKind)7 },
        { "ConnectFor", options => options.ConnectFor = TimeSpan.Zero },
        { "TuneInFor", options => options.TuneInFor = TimeSpan.FromHours(1) },
        { "StallAfter", options => options.StallAfter = TimeSpan.FromMilliseconds(99) },
        { "SeenEvery", options => options.SeenEvery = TimeSpan.FromMinutes(2) },
        { "SameWithin", options => options.SameWithin = TimeSpan.Zero },
        { "RetryFirst", options => options.RetryFirst = TimeSpan.Zero },
        { "RetryMost", options => options.RetryMost = TimeSpan.FromMilliseconds(100) },
        { "LeastBytesPerSecond", options => options.LeastBytesPerSecond = -1 },
        { "give less than MostBytesPerSecond", options => options.LeastBytesPerSecond = 600_000 },
        { "MostBytesPerSecond", options => options.MostBytesPerSecond = 10 },
        { "BytesPerUnit", options => options.BytesPerUnit = 0 },
        { "ConnectionsPerServer", options => options.ConnectionsPerServer = 0 },
    };

    [Fact]
    public void Defaults_WithADatabase_AreRight()
    {
        var options = new RadioOptions { ConnectionString = Database };

        Assert.True(new RadioOptionsValidator().Validate(null, options).Succeeded);
        Assert.False(options.AllowPrivateAddresses);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Validate_WrongOption_IsNamed(string words, Action<RadioOptions> change)
    {
        var options = new RadioOptions { ConnectionString = Database };
        change(options);

        var fault = Assert.Single(new RadioOptionsValidator().Validate(null, options).Failures!);

        Assert.StartsWith("Weir:Radio:", fault, StringComparison.Ordinal);
        Assert.Contains(words, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SeveralAreWrong_AllAreSaid()
    {
        var options = new RadioOptions { Sink = RadioSinkKind.Sqlite, ConnectionString = "Data Source=:memory:", ConnectFor = TimeSpan.Zero };

        Assert.Equal(2, new RadioOptionsValidator().Validate(null, options).Failures!.Count());
    }
}
