using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Tests.Stage;
using Weir.Persistence.Settings;
using Weir.Testing.Network;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Diagnostics.Tests;

/// <summary>What is answered while something is away.</summary>
[Integration]
[Slow]
public sealed class AwayTests(PostgresScope scope) : IClassFixture<PostgresScope>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Change_When_nobody_listens_at_the_door_Then_it_says_so_at_once()
    {
        await using var api = await ApiHost.StartAsync(scope.Database, scope.Broker, add: services => services.Configure<Weir.Bus.WeirBusOptions>(options => options.SendTimeout = Patience.Seconds(30)));
        using var http = await api.OperatorAsync();

        var problem = await http.RefusedAsync(HttpMethod.Put, "/api/v1/streams/s1", HttpStatusCode.ServiceUnavailable, new StreamPut { Kind = "k" });

        Assert.Equal("/problems/bus-away", problem.Type);
        Assert.Contains("Nobody listens", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_When_the_broker_is_away_Then_it_is_refused_with_a_time_to_come_back_and_reading_goes_on()
    {
        await using var proxy = TcpProxy.To(scope.Broker.Amqp.Port);
        await using var api = await ApiHost.StartAsync(scope.Database, scope.Broker.Through(proxy.Port));
        using var http = await api.OperatorAsync();
        proxy.Cut();

        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri("/api/v1/streams/s1", UriKind.Relative)) { Content = System.Net.Http.Json.JsonContent.Create(new StreamPut { Kind = "k" }) };
        using var response = await http.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        await http.GetAsync<FleetStatus>(ApiRoutes.Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.SendAsync(HttpMethod.Get, ApiRoutes.HealthReady)).Status);
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(HttpMethod.Get, ApiRoutes.HealthLive)).Status);
    }

    [Fact]
    public async Task Request_When_the_database_is_away_Then_it_is_refused_with_a_time_to_come_back_and_answered_after()
    {
        await using var proxy = TcpProxy.To(new Npgsql.NpgsqlConnectionStringBuilder(scope.Database.ConnectionString).Port);
        await using var api = await ApiHost.StartAsync(
            scope.Database.Through(proxy.Port), null, add: services => services.Configure<DatabaseOptions>(options => (options.RetriesMax, options.RetryBase) = (1, TimeSpan.FromMilliseconds(50))));
        await api.Http.GetAsync<FleetStatus>(ApiRoutes.Status);
        proxy.Cut();

        using var response = await api.Http.GetAsync(new Uri(ApiRoutes.Status, UriKind.Relative), Cancel);
        var problem = await api.Http.RefusedAsync(HttpMethod.Get, ApiRoutes.Streams, HttpStatusCode.ServiceUnavailable);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "/problems/store-away"), (response.StatusCode, problem.Type));
        Assert.NotNull(response.Headers.RetryAfter);
        proxy.Heal();
        await api.Http.GetAsync<FleetStatus>(ApiRoutes.Status);
    }

    [Fact]
    public async Task Request_When_the_database_hangs_Then_it_is_answered_in_time()
    {
        await using var proxy = TcpProxy.To(new Npgsql.NpgsqlConnectionStringBuilder(scope.Database.ConnectionString).Port);
        await using var api = await ApiHost.StartAsync(
            scope.Database.Through(proxy.Port), null, add: services => services.Configure<DiagnosticsOptions>(options => options.RequestTimeout = TimeSpan.FromSeconds(4)));
        await api.Http.GetAsync<FleetStatus>(ApiRoutes.Status);
        proxy.Hang();

        var asked = Stopwatch.GetTimestamp();
        await api.Http.RefusedAsync(HttpMethod.Get, ApiRoutes.Status, HttpStatusCode.GatewayTimeout);
        var took = Stopwatch.GetElapsedTime(asked);
        proxy.Heal();

        // And what a statement is given to end by itself.
        Assert.InRange(took, TimeSpan.FromSeconds(3.9), Patience.Seconds(15));
    }

    [Fact]
    public async Task Change_When_the_service_that_carries_it_out_does_not_answer_Then_it_is_said_in_time_with_the_key_to_ask_again()
    {
        // In memory a door without a service takes what comes and nobody hears it.
        await using var api = await ApiHost.StartAsync(add: services => services.Configure<DiagnosticsOptions>(options => options.AnswerTimeout = TimeSpan.FromMilliseconds(200)));
        using var http = await api.OperatorAsync();

        var problem = await http.RefusedAsync(HttpMethod.Put, "/api/v1/streams/s1", HttpStatusCode.GatewayTimeout, new StreamPut { Kind = "k" });

        Assert.Contains("Idempotency-Key", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_When_nothing_happens_Then_a_heartbeat_comes_and_one_listener_too_many_is_refused()
    {
        await using var api = await ApiHost.StartAsync(add: services => services.Configure<DiagnosticsOptions>(options => (options.HeartbeatEvery, options.EventClients) = (TimeSpan.FromMilliseconds(100), 1)));
        using var events = await EventClient.OpenAsync(api.Http, null, Cancel);

        Assert.Equal(": here", await events.CommentAsync(Cancel));
        await api.Http.RefusedAsync(HttpMethod.Get, ApiRoutes.Events, HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Events_When_the_broker_was_away_Then_a_gap_is_told()
    {
        await using var proxy = TcpProxy.To(scope.Broker.Amqp.Port);
        await using var api = await ApiHost.StartAsync(scope.Database, scope.Broker.Through(proxy.Port));
        using var events = await EventClient.OpenAsync(api.Http, null, Cancel);

        proxy.Cut();
        proxy.Heal();

        Assert.Contains("bus was away", (await events.NextAsync("gap", _ => true, Cancel)).GetProperty("words").GetString(), StringComparison.Ordinal);
    }
}
