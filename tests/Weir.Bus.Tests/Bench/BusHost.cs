using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Weir.Testing.Servers;
using Weir.Testing.Waiting;

namespace Weir.Bus.Tests.Bench;

/// <summary>A process on the bus, as a service's or a worker's program would be.</summary>
internal sealed class BusHost : IAsyncDisposable
{
    internal static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly IHost _host;
    private readonly AsyncServiceScope _scope;

    private BusHost(IHost host) => (_host, _scope) = (host, host.Services.CreateAsyncScope());

    internal IBus Bus => Of<IBus>();

    /// <summary>Starts it and waits until it consumes. Each bus is started in an asynchronous method of its own: the transport keeps its logger in the flow.</summary>
    internal static async Task<BusHost> StartAsync(Action<IServiceCollection> add, BrokerAddress? broker, Action<WeirBusOptions>? change = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        add(builder.Services);
        builder.Services.Configure<WeirBusOptions>(options =>
        {
            Point(options, broker);
            change?.Invoke(options);
        });
        var host = new BusHost(builder.Build());
        await host._host.StartAsync(TestContext.Current.CancellationToken);
        await host.BecomesAsync(HealthStatus.Healthy, Bound);
        return host;
    }

    internal static void Point(WeirBusOptions options, BrokerAddress? broker)
    {
        if (broker is null)
        {
            options.Transport = BusTransport.InMemory;
            return;
        }

        options.Hosts = [broker.Amqp.Host];
        options.Port = broker.Amqp.Port;
        options.VirtualHost = broker.VirtualHost;
        options.User = broker.Credential.UserName;
        options.Password = broker.Credential.Password;
    }

    internal T Of<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    /// <summary>What the checks of this house say; the transport's own is left out.</summary>
    internal async Task<HealthStatus> HealthAsync() =>
        (await Of<HealthCheckService>().CheckHealthAsync(check => check.Name.StartsWith("weir", StringComparison.Ordinal), TestContext.Current.CancellationToken)).Status;

    internal Task BecomesAsync(HealthStatus status, TimeSpan within) => Eventually.TrueAsync(
        $"health to be {status}", async _ => await HealthAsync() == status, within, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        using var bound = Patience.Limit(TimeSpan.FromSeconds(15), CancellationToken.None);
        await _host.StopAsync(bound.Token);
        await _scope.DisposeAsync();
        _host.Dispose();
    }
}
