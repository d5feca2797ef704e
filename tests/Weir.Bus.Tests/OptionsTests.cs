using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Bus.Tests.Bench;
using Weir.ServiceDefaults;
using Weir.Testing.Traits;

namespace Weir.Bus.Tests;

[Unit]
public sealed class OptionsTests
{
    public static TheoryData<string, object> OutOfRange => new()
    {
        { nameof(WeirBusOptions.Transport), (BusTransport)7 },
        { nameof(WeirBusOptions.Hosts), Array.Empty<string>() },
        { nameof(WeirBusOptions.Port), 0 },
        { nameof(WeirBusOptions.Port), 65536 },
        { nameof(WeirBusOptions.VirtualHost), "" },
        { nameof(WeirBusOptions.User), "" },
        { nameof(WeirBusOptions.SendTimeout), TimeSpan.FromMilliseconds(99) },
        { nameof(WeirBusOptions.SendTimeout), TimeSpan.FromSeconds(61) },
        { nameof(WeirBusOptions.Heartbeat), TimeSpan.FromMilliseconds(999) },
        { nameof(WeirBusOptions.Heartbeat), TimeSpan.FromSeconds(61) },
        { nameof(WeirBusOptions.ConnectTimeout), TimeSpan.FromMilliseconds(99) },
        { nameof(WeirBusOptions.ConnectTimeout), TimeSpan.FromSeconds(31) },
        { nameof(WeirBusOptions.ReconnectPause), TimeSpan.FromMilliseconds(49) },
        { nameof(WeirBusOptions.ReconnectPause), TimeSpan.FromSeconds(6) },
        { nameof(WeirBusOptions.StorePause), TimeSpan.FromMilliseconds(49) },
        { nameof(WeirBusOptions.StorePause), TimeSpan.FromSeconds(31) },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public async Task Start_OptionOutOfRange_RefusesAndNamesIt(string option, object value)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => BusHost.StartAsync(
            services => services.AddWeirBus("registry", _ => { }), broker: null,
            options => typeof(WeirBusOptions).GetProperty(option)!.SetValue(options, value)));

        Assert.Contains(option, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SeveralWrong_SaysEachOnce_WithFieldValueAndWhatIsRight()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Weir:Bus:Transport"] = "InMemory",
            ["Weir:Bus:Port"] = "0",
            ["Weir:Bus:Heartbeat"] = "00:05:00",
            ["Weir:Bus:UseTls"] = "true",
            ["Weir:Bus:TlsCaFile"] = "/no/such.pem",
        });
        var lines = new List<string>();
        builder.AddWeirServiceDefaults();
        builder.Logging.ClearProviders().AddProvider(new Words(lines));
        builder.Services.AddWeirBus("registry", _ => { });
        builder.Services.AddWeirBeatBus("registry", _ => { });

        Assert.Equal(1, await builder.Build().RunWeirAsync());

        var refused = lines.Where(line => line.StartsWith("Refused to start:", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, refused.Count);
        Assert.Contains("Refused to start: Weir:Bus:Port is '0'; 1 to 65535 is right", refused);
        Assert.Contains("Refused to start: Weir:Bus:Heartbeat is '00:05:00'; 00:00:01 to 00:01:00 is right", refused);
        Assert.Contains(refused, line => line.StartsWith("Refused to start: Weir:Bus:TlsCaFile is '/no/such.pem', which cannot be read", StringComparison.Ordinal));
    }

    [Fact]
    public void Defaults_AreThoseOfTheDocumentation()
    {
        var options = new WeirBusOptions();

        Assert.Equal(
            "RabbitMq localhost:5672/ guest tls=False send=4 heartbeat=5 connect=3 reconnect=0.25 store=1 bind=False",
            string.Create(CultureInfo.InvariantCulture, $"{options.Transport} {options.Hosts.Single()}:{options.Port}{options.VirtualHost} {options.User} tls={options.UseTls} send={options.SendTimeout.TotalSeconds} heartbeat={options.Heartbeat.TotalSeconds} connect={options.ConnectTimeout.TotalSeconds} reconnect={options.ReconnectPause.TotalSeconds} store={options.StorePause.TotalSeconds} bind={options.BindOwnExchange}"));
    }

    private sealed class Words(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
                lines.Add(formatter(state, exception));
        }
    }
}
