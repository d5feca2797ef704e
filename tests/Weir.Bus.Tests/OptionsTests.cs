using System.Globalization;
using Microsoft.Extensions.Options;
using Weir.Bus.Tests.Bench;
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
    public void Defaults_AreThoseOfTheDocumentation()
    {
        var options = new WeirBusOptions();

        Assert.Equal(
            "RabbitMq localhost:5672/ guest tls=False send=4 heartbeat=5 connect=3 reconnect=0.25 store=1 bind=False",
            string.Create(CultureInfo.InvariantCulture, $"{options.Transport} {options.Hosts.Single()}:{options.Port}{options.VirtualHost} {options.User} tls={options.UseTls} send={options.SendTimeout.TotalSeconds} heartbeat={options.Heartbeat.TotalSeconds} connect={options.ConnectTimeout.TotalSeconds} reconnect={options.ReconnectPause.TotalSeconds} store={options.StorePause.TotalSeconds} bind={options.BindOwnExchange}"));
    }
}
