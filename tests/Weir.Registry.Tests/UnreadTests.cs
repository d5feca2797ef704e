using Microsoft.EntityFrameworkCore;
using Weir.Contracts.Leases;
using Weir.Contracts.Workers;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Registry.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Registry.Tests;

/// <summary>A worker whose beats go on while its commands stay unread is worth nothing: it loses its lease, is told, and may begin anew.</summary>
[Integration]
[Slow]
public sealed class UnreadTests(RegistryScope scope) : IClassFixture<RegistryScope>
{
    // A pool whose marks may stay unread for six seconds, and whose workers may be slow to beat on a busy machine.
    private const string Settings = """{"lookMs":250,"beatMs":1000,"suspectMs":2000,"fenceAfterMs":3000,"ttlMs":3000}""";

    // As often as a worker beats, and as fast as it can: no two looks see the same beat.
    [Theory]
    [InlineData("deaf", 200)]
    [InlineData("deaf-in-haste", 1)]
    public async Task CommandQueue_IsNotRead_TheLifeEndsIsToldAndTheNextOneIsRenewed(string name, int everyMs)
    {
        await using var registry = await RegistryHost.StartAsync(scope.Broker, scope.Database);
        await registry.WriteAsync($"INSERT INTO pools (pool, version, settings) VALUES ('default', 0, {Settings}::jsonb) ON CONFLICT (pool) DO NOTHING");
        await using var facts = await RawClient.ConnectAsync(scope.Broker);
        await facts.HearAsync("", "weir.events");
        await using var deaf = await RawWorker.StartAsync(scope.Broker, name, "p1", reads: false);
        await deaf.AskAsync(deaf.Registration());
        deaf.Live((await facts.FirstAsync<WorkerJoined>(fact => fact.WorkerId == name)).Incarnation);

        var renewed = 0;
        LeaseRefused? refused;
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(everyMs));
        while ((refused = await deaf.TryRenewAsync()) is null && await beat.WaitForNextTickAsync(TestContext.Current.CancellationToken)) renewed++;
        var lost = await facts.FirstAsync<WorkerLost>(fact => fact.Incarnation == deaf.Incarnation);
        await using var anew = await RawWorker.StartAsync(scope.Broker, name, "p2");
        var next = await anew.RegisterAsync();
        await anew.RenewAsync();

        Assert.True(renewed > Renewal.MarkEvery, $"{renewed} renewals come before a mark can be missed");
        Assert.Equal((LeaseRefusal.CommandsUnread, deaf.Incarnation), (refused!.Reason, refused.Incarnation));
        Assert.Equal(LossReason.CommandsUnread, lost.Reason);
        Assert.True(next > deaf.Incarnation, $"{next} is not above {deaf.Incarnation}");
        var lives = await registry.ReadAsync((db, token) => db.Leases.Where(row => row.Worker == WorkerId.Parse(name)).OrderBy(row => row.Incarnation).Select(row => new { row.State, row.CommandsUnread }).ToListAsync(token));
        Assert.Equal([(LeaseState.Fenced, true), (LeaseState.Live, false)], lives.Select(life => (life.State, life.CommandsUnread)));
    }

    [Fact]
    public async Task CommandQueue_IsRead_TheLifeGoesOnForTwiceThatTime()
    {
        await using var registry = await RegistryHost.StartAsync(scope.Broker, scope.Database);
        await registry.WriteAsync($"INSERT INTO pools (pool, version, settings) VALUES ('default', 0, {Settings}::jsonb) ON CONFLICT (pool) DO NOTHING");
        await using var worker = await RawWorker.StartAsync(scope.Broker, "hears");
        await worker.RegisterAsync();

        var until = System.Diagnostics.Stopwatch.GetTimestamp() + (12 * System.Diagnostics.Stopwatch.Frequency);
        while (System.Diagnostics.Stopwatch.GetTimestamp() < until)
        {
            await worker.BeatAsync(markRead: worker.Client.All<CommandMark>().Select(mark => mark.Mark).DefaultIfEmpty().Max());
            await worker.Client.FirstAsync<LeaseRenewed>(answer => answer.Sequence == worker.Sequence);
        }

        Assert.Empty(worker.Client.All<LeaseRefused>());
        Assert.Equal(LeaseState.Live, await registry.ReadAsync((db, token) => db.Leases.Where(row => row.Incarnation == new Incarnation(worker.Incarnation)).Select(row => row.State).SingleAsync(token)));
    }
}
