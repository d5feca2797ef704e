using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Worker;
using Weir.Worker.Ticker;

namespace Weir.Figures.Fleet;

/// <summary>
/// Many workers in this process, each a host of its own with its own connections. A hundred programs would take the machine's processors
/// for minutes only to start, and what is asked for is what the services need.
/// </summary>
internal sealed class HostedTickers : IAsyncDisposable
{
    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(20);
    private readonly List<IHost> _hosts = [];

    /// <summary>Starts them one by one; they join by themselves.</summary>
    /// <param name="fleet">Where they join, and write what ticks.</param>
    /// <param name="workers">How many.</param>
    /// <param name="capacity">How many streams each can carry.</param>
    /// <param name="tickMs">Between two ticks of a stream.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<HostedTickers> StartAsync(RealFleet fleet, int workers, int capacity, int tickMs, CancellationToken cancel)
    {
        var tickers = new HostedTickers();
        for (var number = 1; number <= workers; number++)
        {
            var builder = Host.CreateApplicationBuilder();
            builder.Logging.ClearProviders();
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Weir:Worker:WorkerId"] = RealFleet.Worker(number),
                ["Weir:Worker:Capacity"] = $"{capacity}",
                ["Weir:Worker:DataDirectory"] = Path.Combine(fleet.Logs, "data"),
                ["Weir:Ticker:LogDirectory"] = fleet.Logs,
                ["Weir:Ticker:Interval"] = $"{TimeSpan.FromMilliseconds(tickMs)}",
            });
            builder.Services.AddTicker(builder.Configuration);
            builder.Services.AddWeirWorker(builder.Configuration)
                .UseRabbitMq(fleet.Broker.Address.Amqp.AbsoluteUri)
                .HandleStreams<TickerHandler>(TickerHandler.Kind);
            var host = builder.Build();
            tickers._hosts.Add(host);
            await host.StartAsync(cancel);
        }

        return tickers;
    }

    public async ValueTask DisposeAsync()
    {
        using var bound = new CancellationTokenSource(StopBound);
        await Task.WhenAll(_hosts.Select(host => host.StopAsync(bound.Token)));
        foreach (var host in _hosts) host.Dispose();
    }
}
