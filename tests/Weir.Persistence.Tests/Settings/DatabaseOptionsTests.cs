using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Weir.Persistence.Settings;
using Weir.Testing.Traits;

namespace Weir.Persistence.Tests.Settings;

[Unit]
[Seed("5.3")]
public sealed class DatabaseOptionsTests
{
    [Fact]
    public void Defaults_AreTheStatedOnes()
    {
        var options = new DatabaseOptions();

        Assert.Equal((3, 15, 2), (options.PoolMin, options.PoolMax, options.BeatPoolMax));
        Assert.Equal((5, 10, 30, 30), (options.ConnectTimeout.TotalSeconds, options.LockTimeout.TotalSeconds, options.StatementTimeout.TotalSeconds, options.IdleInTransactionTimeout.TotalSeconds));
        Assert.Equal((30, 2), (options.Deadline.TotalSeconds, options.CancelGrace.TotalSeconds));
        Assert.Equal((3, 1, 60), (options.RetriesMax, options.RetryBase.TotalSeconds, options.RetryMax.TotalSeconds));
    }

    public static TheoryData<string, Action<DatabaseOptions>> Refused => new()
    {
        { "ConnectionString", options => options.ConnectionString = "" },
        { "ApplicationName", options => options.ApplicationName = "" },
        { "PoolMax", options => options.PoolMax = 0 },
        { "BeatPoolMax", options => options.BeatPoolMax = 0 },
        { "PoolMin", options => options.PoolMin = 16 },
        { "ConnectTimeout", options => options.ConnectTimeout = TimeSpan.Zero },
        { "LockTimeout", options => options.LockTimeout = options.StatementTimeout },
        { "StatementTimeout", options => options.StatementTimeout = TimeSpan.FromSeconds(31) },
        { "IdleInTransactionTimeout", options => options.IdleInTransactionTimeout = TimeSpan.Zero },
        { "Deadline", options => options.Deadline = TimeSpan.FromHours(1) },
        { "CancelGrace", options => options.CancelGrace = TimeSpan.FromMinutes(2) },
        { "RetriesMax", options => options.RetriesMax = 11 },
        { "RetryBase", options => options.RetryMax = TimeSpan.FromMilliseconds(1) },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void Start_OptionOutOfRange_RefusesAndNamesIt(string option, Action<DatabaseOptions> wrong)
    {
        using var services = new ServiceCollection().AddLogging().AddMetrics().AddWeirPersistence(DatabaseKind.Postgres, options =>
        {
            options.ConnectionString = "Host=localhost";
            wrong(options);
        }).BuildServiceProvider();

        var refusal = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains(option, refusal.Message, StringComparison.Ordinal);
    }
}
