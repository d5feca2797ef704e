using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Bus.Endpoints;
using Weir.Bus.Parked;
using Weir.Bus.Tests.Bench;
using Weir.Testing.Network;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Bus.Tests;

/// <summary>TLS to the broker: by an authority's file it works, and what is not to be trusted is refused in words.</summary>
[Integration, Slow]
public sealed class TlsTests(BrokerScope scope) : IClassFixture<BrokerScope>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-tls-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Broker_OfTheFilesAuthority_IsSpokenTo()
    {
        using var authority = new TestAuthority("weir test authority");
        await using var front = TlsFront.Before(scope.Broker.Amqp.Port, authority.Issue("localhost"));
        var heard = new Heard<Work>();
        await using var host = await BusHost.StartAsync(
            Hearing.Service("tls", EndpointPolicy.Of("tls", "work", RetryLadder.None), heard), scope.Broker, options => Point(options, front, authority));

        await (await host.Bus.GetSendEndpoint(new Uri("exchange:weir.tls.work"))).Send(new Work(1), Cancel);

        Assert.Equal(1, (await heard.FirstAsync(_ => true)).Number);
        await using var parked = await OpenAsync(front, authority);
        Assert.Equal(0, (await parked.TallyAsync(ErrorQueueName.Of("weir.tls.work_error")!, 1, Cancel)).Messages);
    }

    [Fact]
    public async Task Broker_OfAnotherAuthority_IsRefusedInWords_ByToolsAndByTheBus()
    {
        using var authority = new TestAuthority("the broker's authority");
        using var other = new TestAuthority("another authority");
        await using var front = TlsFront.Before(scope.Broker.Amqp.Port, authority.Issue("localhost"));

        var refused = await Assert.ThrowsAsync<BrokerException>(() => OpenAsync(front, other));
        Assert.Equal(BrokerFault.Refused, refused.Fault);
        Assert.Contains("CN=localhost, issued by CN=the broker's authority) is not trusted", refused.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(WeirBusOptions.TlsCaFile), refused.Message, StringComparison.Ordinal);

        var log = new Lines();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(log);
        Hearing.Service("untrusting", EndpointPolicy.Of("untrusting", "work", RetryLadder.None), new Heard<Work>())(builder.Services);
        builder.Services.Configure<WeirBusOptions>(options =>
        {
            BusHost.Point(options, scope.Broker);
            Point(options, front, other);
        });
        using var host = builder.Build();
        var starting = host.StartAsync(Cancel);
        var health = host.Services.GetRequiredService<HealthCheckService>();
        var said = await Eventually.GetAsync(
            "health to say why",
            async cancel => (await health.CheckHealthAsync(check => check.Name == "weir-bus", cancel)).Entries["weir-bus"] is { Status: HealthStatus.Unhealthy, Description: { } words } && words.Contains("is not trusted", StringComparison.Ordinal) ? words : null,
            BusHost.Bound, Cancel);

        Assert.Contains("the broker's authority", said, StringComparison.Ordinal);
        // Health may tell it a moment before the log does.
        await Eventually.TrueAsync("the log to say it", _ => Task.FromResult(log.Said.Contains(said)), BusHost.Bound, Cancel);
        Assert.Single(log.Said, line => line == said);
        await host.StopAsync(Cancel);
        await Task.WhenAny(starting);
    }

    [Fact]
    public async Task Broker_OfAnotherName_IsRefused_UnlessThatNameIsGiven()
    {
        using var authority = new TestAuthority("weir test authority");
        await using var front = TlsFront.Before(scope.Broker.Amqp.Port, authority.Issue("broker.example"));

        var refused = await Assert.ThrowsAsync<BrokerException>(() => OpenAsync(front, authority));
        Assert.Contains("it is not made out to '127.0.0.1'", refused.Message, StringComparison.Ordinal);

        await using var named = await OpenAsync(front, authority, options => options.TlsServerName = "broker.example");
    }

    [Fact]
    public async Task Broker_OfNoKnownAuthority_WithoutAFile_IsRefused()
    {
        using var authority = new TestAuthority("weir test authority");
        await using var front = TlsFront.Before(scope.Broker.Amqp.Port, authority.Issue("localhost"));

        var refused = await Assert.ThrowsAsync<BrokerException>(() => OpenAsync(front, authority, options => options.TlsCaFile = null));

        Assert.Contains("none is given now", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_ThatSpeaksNoTls_IsNoBroker()
    {
        var options = new WeirBusOptions();
        BusHost.Point(options, scope.Broker);
        options.UseTls = true;

        var refused = await Assert.ThrowsAsync<BrokerException>(() => ParkedMessages.OpenAsync(options, TimeProvider.System, Cancel));

        Assert.Contains($"{scope.Broker.Amqp.Port}", refused.Message, StringComparison.Ordinal);
    }

    private void Point(WeirBusOptions options, TlsFront front, TestAuthority authority)
    {
        var file = Path.Combine(_folder, "ca.pem");
        authority.Write(file);
        (options.Hosts, options.Port, options.UseTls, options.TlsCaFile) = (["127.0.0.1"], front.Port, true, file);
    }

    private Task<ParkedMessages> OpenAsync(TlsFront front, TestAuthority authority, Action<WeirBusOptions>? change = null)
    {
        var options = new WeirBusOptions();
        BusHost.Point(options, scope.Broker);
        Point(options, front, authority);
        change?.Invoke(options);
        return ParkedMessages.OpenAsync(options, TimeProvider.System, Cancel);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        internal ConcurrentQueue<string> Said { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Said.Enqueue(formatter(state, exception));
        }
    }
}
