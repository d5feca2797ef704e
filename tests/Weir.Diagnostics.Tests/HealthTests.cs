using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Tests.Stage;
using Weir.Testing.Network;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Diagnostics.Tests;

/// <summary>The health of all that Weir stands on: connections, schema and data. A part that fails cannot yield healthy.</summary>
[Integration]
[Slow]
[Seed("6.3")]
public sealed class HealthTests(PostgresScope scope) : IClassFixture<PostgresScope>
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    public static TheoryData<string, string> Contradictions => new()
    {
        { "UPDATE assignments SET incarnation = 999 WHERE stream IN ('s-01', 's-02')", "2 have an owner whose lease is not there (one is s-01)" },
        { "DELETE FROM streams WHERE stream = 's-03'", "1 are assigned and not in the catalogue (one is s-03)" },
        { "UPDATE assignments SET epoch = 9007199254740000 WHERE stream = 's-04'", "1 have an epoch that was never drawn (one is s-04)" },
        { "DELETE FROM leases WHERE incarnation = 105", "1 are workers without the lease of their newest life (one is w5)" },
        { "UPDATE migrations SET state = 'Releasing', ended_at = NULL, stream = 's-99'", "1 are being moved and assigned to nobody (one is s-99)" },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_When_all_is_well_Then_each_part_was_looked_at_and_timed()
    {
        await using var api = await ApiHost.StartAsync(scope.Database, scope.Broker);

        var health = await api.Http.GetAsync<FleetHealth>(ApiRoutes.Health);

        Assert.True(health.Healthy);
        Assert.Superset(new HashSet<string> { "database", "schema", "data", "weir-bus" }, health.Parts.Select(part => part.Name).ToHashSet());
        Assert.All(health.Parts, part => Assert.True(part.Healthy && part.DurationMs >= 0 && part.Words.Length > 0, part.ToString()));
    }

    [Theory]
    [MemberData(nameof(Contradictions))]
    public async Task Health_When_rows_contradict_one_another_Then_it_is_not_healthy_and_names_one(string harm, string words)
    {
        await using var api = await ApiHost.StartAsync();
        await api.WriteAsync(SeededFleet.WriteAsync);
        Assert.True((await HealthAsync(api)).Health.Healthy);

        await api.WriteAsync((db, cancel) => db.Database.ExecuteSqlRawAsync(harm, cancel));
        var (status, health) = await HealthAsync(api);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, false), (status, health.Healthy));
        Assert.Equal((false, words), (Part(health, "data").Healthy, Part(health, "data").Words));
        Assert.True(Part(health, "database").Healthy);
    }

    [Fact]
    public async Task Health_When_the_same_is_so_on_PostgreSQL_Then_all_of_it_is_told()
    {
        await using var api = await ApiHost.StartAsync(scope.Database, null);
        await api.WriteAsync(async (db, cancel) =>
        {
            await SeededFleet.WriteAsync(db, cancel);
            foreach (var row in Contradictions)
                await db.Database.ExecuteSqlRawAsync(row.Data.Item1, cancel);
        });
        try
        {
            var (status, health) = await HealthAsync(api);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
            Assert.Equal(string.Join("; ", Contradictions.Select(row => row.Data.Item2)), Part(health, "data").Words);
        }
        finally
        {
            await api.WriteAsync((db, cancel) => db.Database.ExecuteSqlRawAsync("TRUNCATE assignments, streams, leases, workers, migrations, owners, plans, pools", cancel));
        }
    }

    [Fact]
    public async Task Health_When_the_database_is_away_or_hangs_Then_it_says_so_in_time_and_is_well_again_after()
    {
        await using var proxy = TcpProxy.To(scope.Database.Port);
        await using var api = await ApiHost.StartAsync(scope.Database.Through(proxy.Port), null);

        proxy.Cut();
        var (status, away) = await HealthAsync(api);
        proxy.Heal();
        await Eventually.TrueAsync("the health to be back", async _ => (await HealthAsync(api)).Health.Healthy, Bound, Cancel);
        proxy.Hang();
        var (_, hangs) = await HealthAsync(api);
        proxy.Heal();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.All((string[])["database", "schema", "data"], name => Assert.False(Part(away, name).Healthy));
        Assert.All((string[])["database", "schema", "data"], name => Assert.False(Part(hangs, name).Healthy));
        Assert.Contains("no answer within 3 s", Part(hangs, "database").Words, StringComparison.Ordinal);
        Assert.InRange(hangs.Parts.Max(part => part.DurationMs), 0, 15_000);
    }

    [Fact]
    public async Task Health_When_the_broker_is_away_Then_the_bus_is_not_healthy_and_the_database_is()
    {
        await using var proxy = TcpProxy.To(scope.Broker.Amqp.Port);
        await using var api = await ApiHost.StartAsync(scope.Database, scope.Broker.Through(proxy.Port));

        proxy.Cut();
        // On a busy machine a look at the database may be late once.
        var health = await Eventually.GetAsync(
            "the bus alone to be missed",
            async _ => await HealthAsync(api) is (HttpStatusCode.ServiceUnavailable, { } told) && !Part(told, "weir-bus").Healthy && Part(told, "database").Healthy ? told : null,
            Bound,
            Cancel);

        Assert.False(health.Healthy);
    }

    private static HealthPart Part(FleetHealth health, string name) => health.Parts.Single(part => part.Name == name);

    private static async Task<(HttpStatusCode Status, FleetHealth Health)> HealthAsync(ApiHost api)
    {
        var (status, text, _) = await api.Http.SendAsync(HttpMethod.Get, ApiRoutes.Health);
        return (status, JsonSerializer.Deserialize<FleetHealth>(text, ApiJson.Options) ?? throw new InvalidOperationException(text));
    }
}
