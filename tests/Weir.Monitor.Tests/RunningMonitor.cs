using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Bus;
using Weir.Testing.Servers;
using Weir.Testing.Waiting;

namespace Weir.Monitor.Tests;

/// <summary>Monitor as its program runs it.</summary>
internal sealed class RunningMonitor : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);
    private readonly IHost _host;
    private readonly LogLines _lines;
    private readonly ServerScope? _scope;

    private RunningMonitor(IHost host, LogLines lines, ServerScope? scope) => (_host, _lines, _scope) = (host, lines, scope);

    internal IBus Bus => _host.Services.GetRequiredService<IBus>();

    internal static async Task<RunningMonitor> StartAsync(bool isOnBroker)
    {
        var cancel = TestContext.Current.CancellationToken;
        var scope = isOnBroker ? await (await TestServers.GetAsync(cancel)).ScopeAsync("monitor", cancel) : null;
        var lines = new LogLines();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(lines);
        builder.Services.AddWeirMonitor();
        builder.Services.Configure<WeirBusOptions>(options => Point(options, scope?.Broker));
        var monitor = new RunningMonitor(builder.Build(), lines, scope);
        await monitor._host.StartAsync(cancel);
        await Eventually.TrueAsync("the bus to be there", async token => await monitor.HealthAsync(token) == HealthStatus.Healthy, Bound, cancel);
        return monitor;
    }

    internal async Task<(LogLevel Level, string Text)> LineAsync(int id)
    {
        var cancel = TestContext.Current.CancellationToken;
        await Eventually.TrueAsync($"a line {id}", _ => Task.FromResult(_lines.All.Any(line => line.Id == id)), Bound, cancel);
        var all = _lines.All.Where(line => line.Id == id).ToList();
        Assert.True(all.Count == 1, string.Join('\n', all));
        var found = all[0];
        return (found.Level, found.Text);
    }

    public async ValueTask DisposeAsync()
    {
        using var bound = Patience.Limit(Bound, CancellationToken.None);
        await _host.StopAsync(bound.Token);
        _host.Dispose();
        if (_scope is not null) await _scope.DisposeAsync();
    }

    private async Task<HealthStatus> HealthAsync(CancellationToken cancel) =>
        (await _host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name.StartsWith("weir", StringComparison.Ordinal), cancel)).Status;

    private static void Point(WeirBusOptions options, BrokerAddress? broker)
    {
        if (broker is null)
        {
            options.Transport = BusTransport.InMemory;
            return;
        }

        (options.Hosts, options.Port, options.VirtualHost) = ([broker.Amqp.Host], broker.Amqp.Port, broker.VirtualHost);
        (options.User, options.Password) = (broker.Credential.UserName, broker.Credential.Password);
    }
}
