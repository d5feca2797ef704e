using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weir.Bus;
using Weir.Bus.Names;
using Weir.Contracts.Catalogue;
using Weir.Contracts.Holdings;
using Weir.Contracts.Leases;
using Weir.Contracts.Registration;
using Weir.Contracts.Reports;
using Weir.Contracts.Workers;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Persistence;
using Weir.Registry.Tests.Stage;
using Weir.Registry.Upkeep;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Registry.Tests;

/// <summary>The same service with a worker in one process, without a broker and on a file: what each consumer does to the rows.</summary>
[Unit]
[Slow]
public sealed class AloneTests
{
    private static readonly WorkerIdentity Me = new("w1", "p1");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_worker_When_it_registers_and_beats_Then_both_are_answered()
    {
        var heard = new Heard();
        await using var registry = await StartAsync(heard);

        var incarnation = await RegisterAsync(registry, heard);
        await BeatAsync(registry, incarnation, 1, running: 2);
        await heard.FirstAsync<LeaseRenewed>(answer => answer.Incarnation == incarnation && answer.Sequence == 1);

        var lease = await registry.ReadAsync((db, token) => db.Leases.SingleAsync(token));
        Assert.Equal((1L, 2, LeaseState.Live), (lease.Sequence, lease.Running, lease.State));
    }

    [Fact]
    public async Task Given_a_silent_worker_When_its_time_is_over_Then_it_is_lost_and_refused()
    {
        var heard = new Heard();
        await using var registry = await StartAsync(heard);
        var incarnation = await RegisterAsync(registry, heard);

        await RowAsync(registry, "the lease to be fenced", db => db.Leases.AnyAsync(row => row.State == LeaseState.Fenced, Cancel));
        await BeatAsync(registry, incarnation, 1);
        var refused = await heard.FirstAsync<LeaseRefused>(_ => true);

        Assert.Equal(LeaseRefusal.Fenced, refused.Reason);
    }

    [Fact]
    public async Task Given_a_worker_that_was_suspect_When_a_person_acts_Then_the_rows_say_so()
    {
        var heard = new Heard();
        await using var registry = await StartAsync(heard);
        var incarnation = await RegisterAsync(registry, heard);

        await SendAsync(registry, "weir.registry.requests", new CordonWorker("w1", "me"));
        await RowAsync(registry, "the cordon", db => db.Workers.AnyAsync(row => row.Cordoned, Cancel));
        await SendAsync(registry, "weir.registry.requests", new DrainWorker("w1", 0, "me"));
        await RowAsync(registry, "the drain", db => db.Workers.AnyAsync(row => row.Draining, Cancel));
        await SendAsync(registry, "weir.registry.requests", new UncordonWorker("w1", "me"));
        await RowAsync(registry, "neither", db => db.Workers.AnyAsync(row => !row.Cordoned && !row.Draining, Cancel));
        await SendAsync(registry, "weir.registry.lifecycle", new WorkerStopped("w1", incarnation));
        await RowAsync(registry, "the end", db => db.Leases.AnyAsync(row => row.Stopped && row.State == LeaseState.Fenced, Cancel));
        await SendAsync(registry, "weir.registry.requests", new ForgetWorker("w1", "me"));
        await RowAsync(registry, "nobody", async db => !await db.Workers.AnyAsync(Cancel));
        await registry.Of<CleanupLoop>().CleanAsync(Cancel);

        Assert.False(await registry.ReadAsync((db, token) => db.Leases.AnyAsync(token)), "the struck worker's lease stays");
    }

    [Fact]
    public async Task Given_a_live_worker_When_somebody_strikes_it_Then_it_stays()
    {
        var heard = new Heard();
        await using var registry = await StartAsync(heard);
        await RegisterAsync(registry, heard);

        await SendAsync(registry, "weir.registry.requests", new ForgetWorker("w1", "me"));
        await SendAsync(registry, "weir.registry.requests", new CordonWorker("w1", "me"));

        await RowAsync(registry, "the later request to be taken", db => db.Workers.AnyAsync(row => row.Cordoned, Cancel));
    }

    [Fact]
    public async Task Given_a_live_worker_When_it_lists_and_reports_Then_it_is_kept_by_era_and_epoch()
    {
        var heard = new Heard();
        await using var registry = await StartAsync(heard);
        var incarnation = await RegisterAsync(registry, heard);
        var era = await registry.ReadAsync((db, token) => db.Eras.Select(row => row.Began).SingleAsync(token));

        await SendAsync(registry, "weir.registry.holdings", new HoldingsReported("w1", incarnation, era.Value, 1, 2, [new Holding("a", 5, false)], 5));
        await SendAsync(registry, "weir.registry.holdings", new HoldingsReported("w1", incarnation, era.Value, 2, 2, [new Holding("b", 6, true)], 6));
        await SendAsync(registry, "weir.registry.reports", new StreamsReported("w1", incarnation, [new("a", 5, 1.5, "later"), new("b", 7, null, "b")]));
        await RowAsync(registry, "both observations", async db => await db.Observations.CountAsync(Cancel) == 2);
        await RowAsync(registry, "both reports", async db => await db.Reports.CountAsync(Cancel) == 2);
        await SendAsync(registry, "weir.registry.reports", new StreamsReported("w1", incarnation, [new("a", 4, 9, "older"), new("b", 7, 2, "newer")]));
        await RowAsync(registry, "the newer word", db => db.Reports.AnyAsync(row => row.Position == "newer", Cancel));
        foreach (var said in Enumerable.Range(1, 120))
            await SendAsync(registry, "weir.registry.reports", new StreamsReported("w1", incarnation, [new("b", 7, said), new($"s{said}", 8, 1)]));
        await RowAsync(registry, "the last of many words", db => db.Reports.AnyAsync(row => row.Load == 120, Cancel));
        Assert.Equal(122, await registry.ReadAsync((db, token) => db.Reports.CountAsync(token)));

        Assert.Equal("later", await registry.ReadAsync((db, token) => db.Reports.Where(row => row.Epoch == new Epoch(5)).Select(row => row.Position).SingleAsync(token)));
        Assert.Equal(new Epoch(6), await registry.ReadAsync((db, token) => db.HighestEpochs.Select(row => row.Reported).SingleAsync(token)));
    }

    [Fact]
    public async Task Given_a_worker_that_knows_later_epochs_When_it_registers_Then_it_waits()
    {
        var heard = new Heard();
        await using var registry = await StartAsync(heard);
        var drawn = await registry.ReadAsync((db, token) => db.Database.SqlQuery<long>($"SELECT value AS \"Value\" FROM counters WHERE name = 'epochs'").SingleAsync(token));

        await SendAsync(registry, "weir.registry.register", Registration(1) with { HighestEpoch = drawn + 1000 });
        await RowAsync(registry, "what it knows", db => db.HighestEpochs.AnyAsync(row => row.Reported == new Epoch(drawn + 1000), Cancel));
        Assert.Empty(heard.All<WorkerRegistered>());
        await registry.WriteAsync($"UPDATE counters SET value = {drawn + 1000} WHERE name = 'epochs'");
        await SendAsync(registry, "weir.registry.register", Registration(1) with { HighestEpoch = drawn + 1000 });
        var answer = await heard.FirstAsync<WorkerRegistered>(_ => true);

        Assert.Equal(drawn + 1001, answer.Incarnation);
    }

    [Fact]
    public async Task Given_declared_streams_When_they_are_withdrawn_for_a_day_Then_they_are_gone()
    {
        await using var registry = await StartAsync(new Heard());

        await SendAsync(registry, "weir.registry.streams", new DeclareStreams("k1", "default", 1, 1, [new("a", "radio", 2, Labels: new Dictionary<string, string> { ["x"] = "y" }), new("b", "radio", Definition: "{\"u\":1}")]));
        await RowAsync(registry, "both streams", async db => await db.Streams.CountAsync(Cancel) == 2);
        await SendAsync(registry, "weir.registry.streams", new DeclareStreams("k2", "default", 1, 1, [new("a", "radio", 3), new("b", "radio", Definition: "{\"u\":1}")]));
        await RowAsync(registry, "the new weight", db => db.Streams.AnyAsync(row => row.Weight == 3, Cancel));
        var answer = await registry.ReadAsync((db, token) => db.Requests.Where(row => row.Request == "declare/default/k2").Select(row => row.Body).SingleAsync(token));
        await SendAsync(registry, "weir.registry.requests", new WithdrawStreams("k3", "default", 1, 1, ["a"]));
        await RowAsync(registry, "the withdrawal", db => db.Streams.AnyAsync(row => row.WithdrawnAt != null, Cancel));
        await registry.WriteAsync($"UPDATE streams SET withdrawn_at = '2026-01-01 00:00:00' WHERE withdrawn_at IS NOT NULL");
        await registry.Of<CleanupLoop>().CleanAsync(Cancel);

        Assert.Contains("\"Changed\":1", answer, StringComparison.Ordinal);
        Assert.Contains("\"Unchanged\":1", answer, StringComparison.Ordinal);
        Assert.Equal(["b"], await registry.ReadAsync(async (db, token) => (await db.Streams.Select(row => row.Stream).ToListAsync(token)).Select(id => id.Value).ToList()));
    }

    private static Task<RegistryHost> StartAsync(Heard heard) => RegistryHost.StartAloneAsync(services =>
    {
        services.AddSingleton(heard);
        services.AddWeirWorkerBus(Me, bus => bus.AddConsumer<CommandConsumer, CommandDefinition>());
        services.AddWeirWorkerBeatBus(Me, bus => bus.AddConsumer<AnswerConsumer, AnswerDefinition>());
    });

    private static RegisterWorker Registration(long attempt) => new(Me.WorkerId, Me.ProcessId, attempt, "default", 10, 1, 1, []);

    private static async Task<long> RegisterAsync(RegistryHost registry, Heard heard)
    {
        await SendAsync(registry, "weir.registry.register", Registration(1));
        return (await heard.FirstAsync<WorkerRegistered>(_ => true)).Incarnation;
    }

    private static async Task BeatAsync(RegistryHost registry, long incarnation, long sequence, int running = 0) =>
        await (await registry.Of<IBeatBus>().GetSendEndpoint(new Uri("exchange:weir.registry.beats"))).Send(new WorkerBeat("w1", incarnation, sequence, 0, running, 0), Cancel);

    private static async Task SendAsync<T>(RegistryHost registry, string queue, T message)
        where T : class => await (await registry.Of<IBus>().GetSendEndpoint(new Uri($"exchange:{queue}"))).Send(message, Cancel);

    private static Task RowAsync(RegistryHost registry, string what, Func<WeirDbContext, Task<bool>> look) =>
        Eventually.TrueAsync(what, async _ => await registry.ReadAsync((db, _) => look(db)), TimeSpan.FromSeconds(20), Cancel);
}
