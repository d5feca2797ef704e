using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Sagas;
using Weir.Persistence;
using Weir.Persistence.Resilience;
using Weir.Persistence.Rows;
using Weir.Persistence.Stores;

namespace Weir.Orchestrator.Tests.Stage;

/// <summary>Writes the rows that Registry would write, and reads those that Orchestrator writes.</summary>
internal sealed class Given(DatabaseResilience database)
{
    internal const string Pool = "default";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A life of a worker, registered by a process; earlier ones are fenced.</summary>
    internal Task<Incarnation> WorkerAsync(string worker, string process, double capacity = 10_000, string pool = Pool) => database.RunAsync(
        "given.worker",
        async (unit, token) =>
        {
            var incarnation = Incarnation.From((await unit.Services.GetRequiredService<EpochCounter>().DrawAsync(1, token))[0]);
            var era = await unit.Services.GetRequiredService<EraStore>().ReadAsync(token);
            var id = WorkerId.Parse(worker);
            await unit.Services.GetRequiredService<LeaseStore>().BeginAsync(new LeaseRow(id, incarnation, process) { ListedIn = era.Row.Began }, token);
            var row = await unit.Db.Workers.AsTracking().SingleOrDefaultAsync(one => one.Worker == id, token);
            if (row is null) unit.Db.Workers.Add(row = new StoredWorker { Worker = id, Process = process, Pool = pool });
            (row.Newest, row.Process, row.Pool, row.Capacity) = (incarnation, process, pool, capacity);
            return incarnation;
        },
        Cancel);

    internal Task StreamsAsync(IEnumerable<string> streams, StreamClass streamClass = StreamClass.Fenced, string pool = Pool, double weight = 1) => RunAsync(
        db =>
        {
            foreach (var stream in streams)
                db.Streams.Add(new StoredStream
                {
                    Stream = StreamId.Parse(stream),
                    Pool = pool,
                    Kind = "ticker",
                    Weight = weight,
                    Class = streamClass,
                    LocalModeFor = streamClass == StreamClass.Fenced ? TimeSpan.FromMinutes(5) : TimeSpan.Zero,
                    Payload = $$"""{"name":"{{stream}}"}""",
                });
        });

    internal Task ChangeStreamAsync(string stream, Action<StoredStream> change) => RunAsync(
        async db => change(await db.Streams.AsTracking().SingleAsync(row => row.Stream == StreamId.Parse(stream), Cancel)));

    internal Task ChangeWorkerAsync(string worker, Action<StoredWorker> change) => RunAsync(
        async db => change(await db.Workers.AsTracking().SingleAsync(row => row.Worker == WorkerId.Parse(worker), Cancel)));

    internal Task ChangeLeaseAsync(Incarnation incarnation, Action<StoredLease> change) => RunAsync(
        async db => change(await db.Leases.AsTracking().SingleAsync(row => row.Incarnation == incarnation, Cancel)));

    internal Task FenceAsync(Incarnation incarnation, TimeSpan quiet = default) => ChangeLeaseAsync(incarnation, lease => (lease.State, lease.Quiet) = (LeaseState.Fenced, quiet));

    internal Task HoldingAsync(Incarnation incarnation, string stream, long epoch, bool stopping = false) => RunAsync(
        db => db.Observations.Add(new StoredObservation { Incarnation = incarnation, Stream = StreamId.Parse(stream), Epoch = new Epoch(epoch), Stopping = stopping }));

    internal Task SettingsAsync(string json, string pool = Pool) => RunAsync(async db =>
    {
        // The planner's loop makes the row of a pool that it finds, at the same time as we.
        await db.Database.ExecuteSqlAsync($"INSERT INTO pools (pool, version, settings) VALUES ({pool}, 0, '{{}}') ON CONFLICT (pool) DO NOTHING", Cancel);
        (await db.Pools.AsTracking().SingleAsync(one => one.Pool == pool, Cancel)).Settings = json;
    });

    /// <summary>An assignment as it stands, for consumers that find one.</summary>
    internal Task RowAsync(string stream, AssignmentState state, long epoch, string? worker, Incarnation incarnation, Action<StoredAssignment>? change = null) => RunAsync(db =>
    {
        var row = new StoredAssignment
        {
            Stream = StreamId.Parse(stream),
            Pool = Pool,
            Epoch = new Epoch(epoch),
            Worker = worker is null ? null : WorkerId.Parse(worker),
            Incarnation = incarnation,
            State = state,
            Class = StreamClass.Fenced,
            Deadline = DateTime.UnixEpoch,
            FailingSince = DateTime.UnixEpoch,
        };
        change?.Invoke(row);
        db.Assignments.Add(row);
    });

    internal Task MigrationAsync(StoredMigration move) => RunAsync(db => db.Migrations.Add(move));

    internal Task<List<StoredAssignment>> RowsAsync(string pool = Pool) =>
        ReadAsync(db => db.Assignments.AsNoTracking().Where(row => row.Pool == pool).OrderBy(row => row.Stream).ToListAsync(Cancel));

    internal async Task<StoredAssignment> RowOfAsync(string stream) =>
        (await ReadAsync(db => db.Assignments.AsNoTracking().Where(row => row.Stream == StreamId.Parse(stream)).ToListAsync(Cancel))).Single();

    internal Task<List<StoredMigration>> MigrationsAsync() => ReadAsync(db => db.Migrations.AsNoTracking().ToListAsync(Cancel));

    internal Task<List<StoredMigration>> MigrationsInAsync(params MigrationState[] states) =>
        ReadAsync(db => db.Migrations.AsNoTracking().Where(move => states.Contains(move.State)).ToListAsync(Cancel));

    internal Task<List<StoredPlan>> PlansAsync() => ReadAsync(db => db.Plans.AsNoTracking().OrderBy(plan => plan.Version).ToListAsync(Cancel));

    internal Task<T> ReadAsync<T>(Func<WeirDbContext, Task<T>> read) =>
        database.RunAsync(new DatabaseCall("given.read") { ReadsOnly = true }, (unit, _) => read(unit.Db), Cancel);

    internal Task RunAsync(Func<WeirDbContext, Task> work) => database.RunAsync("given.write", (unit, _) => work(unit.Db), Cancel);

    internal Task RunAsync(Action<WeirDbContext> work) => RunAsync(db =>
    {
        work(db);
        return Task.CompletedTask;
    });
}
