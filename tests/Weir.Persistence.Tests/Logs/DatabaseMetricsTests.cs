using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weir.Core.Identity;
using Weir.Persistence.Resilience;
using Weir.Persistence.Rows;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Persistence.Tests.Logs;

/// <summary>What the meter tells is what happened; and with it, what the database's operations take.</summary>
[Collection(nameof(AloneOnTheServer))]
public sealed class DatabaseMetricsTests(SharedPostgres postgres)
{
    private const int Lanes = 4;
    private const int LaneWorkers = 100;
    private const int Rounds = 60;
    private const double MeanMsMax = 100;
    private const double RenewalsMin = 4_000;

    private readonly ConcurrentQueue<(string Instrument, double Value, string Tags)> _measured = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Integration]
    [Seed("2.4")]
    public async Task Errors_AreCountedByCategory()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);
        using var listener = Listen(store);

        await Record.ExceptionAsync(() => store.RunAsync((db, token) => db.Database.ExecuteSqlAsync($"SELEC 1", token), Cancel));
        await store.RunAsync((db, token) => db.Database.ExecuteSqlAsync($"SELECT 1", token), Cancel);

        Assert.Equal("category=Syntax operation=test retried=False", Assert.Single(_measured, one => one.Instrument == "weir.database.errors").Tags);
        Assert.Equal(["operation=test outcome=failed", "operation=test outcome=ok"], _measured.Where(one => one.Instrument == "weir.database.duration").Select(one => one.Tags));
    }

    [Fact]
    [Load]
    [Slow]
    [Seed("benchmark.database-operations")]
    public async Task Operations_TakeLessThanATenthOfASecondOnAverage()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);
        using var listener = Listen(store);

        await store.RunAsync((db, _) => AddFleet(db), Cancel);
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => WorkAsync(store, lane), Cancel)));

        var ms = _measured.Where(one => one.Instrument == "weir.database.duration").Select(one => one.Value).Order().ToList();
        TestContext.Current.TestOutputHelper!.WriteLine($"{ms.Count} operations: mean {ms.Average():0.00} ms, p50 {ms[ms.Count / 2]:0.00}, p95 {ms[ms.Count * 95 / 100]:0.00}, max {ms[^1]:0.00}");
        Assert.Equal(1 + Lanes * Rounds * 4, ms.Count);
        Assert.InRange(ms.Average(), 0, MeanMsMax);
    }

    [Fact]
    [Load]
    [Slow]
    public async Task Renewals_TouchNoIndex_AndAreThousandsASecond()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);
        await store.RunAsync((db, _) => AddFleet(db), Cancel);
        var begun = Stopwatch.GetTimestamp();

        for (var round = 1; round <= Rounds; round++)
        {
            var beats = Enumerable.Range(1, Lanes * LaneWorkers).Select(i => Sample.Beat($"w{i}", i, round)).ToList();
            Assert.Equal(beats.Count, (await store.RunAsync<LeaseStore, IReadOnlyList<RenewedLease>>((rows, token) => rows.RenewAsync(beats, token), Cancel)).Count);
        }

        var rate = Rounds * Lanes * LaneWorkers / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var hot = await HotShareAsync(store);
        TestContext.Current.TestOutputHelper!.WriteLine($"{rate:0} renewals/s in batches of {Lanes * LaneWorkers}, one committed transaction a batch; {hot:P0} touched no index");
        Assert.InRange(rate, RenewalsMin, double.MaxValue);
        Assert.InRange(hot, 0.9, 1);
    }

    // What a session has counted and not yet reported is exact at once.
    private static Task<double> HotShareAsync(Store store) => store.Database.RunAsync(
        "test.hot",
        async (unit, token) =>
        {
            await unit.Services.GetRequiredService<LeaseStore>().RenewAsync([.. Enumerable.Range(1, Lanes * LaneWorkers).Select(i => Sample.Beat($"w{i}", i, Rounds + 1))], token);
            return await unit.Db.Database.SqlQuery<double>($"SELECT n_tup_hot_upd::float8 / n_tup_upd AS \"Value\" FROM pg_stat_xact_user_tables WHERE relname = 'leases'").SingleAsync(token);
        },
        Cancel);

    // Each lane is a replica with workers of its own: beats, a planner's look, epochs, a lookup.
    private static async Task WorkAsync(Store store, int lane)
    {
        var workers = Enumerable.Range(1 + lane * LaneWorkers, LaneWorkers).ToList();
        for (var round = 1; round <= Rounds; round++)
        {
            var beats = workers.Select(i => Sample.Beat($"w{i}", i, round)).ToList();
            await store.RunAsync<LeaseStore, IReadOnlyList<RenewedLease>>((rows, token) => rows.RenewAsync(beats, token), Cancel);
            await store.RunAsync<PoolReader, PoolChanges>((reader, token) => reader.ReadAsync("default", new ChangeMark(ulong.MaxValue >> 1), token), Cancel);
            await store.RunAsync<EpochCounter, IReadOnlyList<Epoch>>((counter, token) => counter.DrawAsync(10, token), Cancel);
            await store.Database.RunAsync("find", (unit, token) => unit.Db.Workers.AsNoTracking().SingleAsync(row => row.Worker == WorkerId.Parse("w7"), token), Cancel);
        }
    }

    private static Task AddFleet(WeirDbContext db)
    {
        for (var i = 1; i <= Lanes * LaneWorkers; i++)
        {
            db.Workers.Add(Sample.Worker($"w{i}", i));
            db.Leases.Add(StoredLease.From(Sample.Lease($"w{i}", i)));
        }

        return Task.CompletedTask;
    }

    // Other tests of this process have meters of the same name.
    private MeterListener Listen(Store store)
    {
        var listener = new MeterListener();
        var scope = store.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Meter.Name == DatabaseMetrics.Meter && ReferenceEquals(instrument.Meter.Scope, scope)) to.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => _measured.Enqueue((instrument.Name, value, Text(tags))));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _measured.Enqueue((instrument.Name, value, Text(tags))));
        listener.Start();
        return listener;
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"));
}
