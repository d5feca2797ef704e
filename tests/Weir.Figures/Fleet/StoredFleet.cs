using Microsoft.Extensions.DependencyInjection;
using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Persistence;
using Weir.Persistence.Resilience;
using Weir.Persistence.Rows;
using Weir.Persistence.Schema;
using Weir.Persistence.Settings;

namespace Weir.Figures.Fleet;

/// <summary>A level fleet as rows alone: nobody beats and nobody runs anything, for whoever only reads.</summary>
internal static class StoredFleet
{
    /// <summary>Makes the schema and writes workers, leases, streams, assignments, reports and owners; every tenth stream has moved once.</summary>
    public static async Task WriteAsync(DatabaseKind kind, string connectionString, int workers, int streams, DateTime now, CancellationToken cancel)
    {
        var services = new ServiceCollection().AddLogging().AddMetrics();
        services.AddWeirPersistence(kind, options => (options.ConnectionString, options.PoolMin, options.Deadline, options.StatementTimeout) = (connectionString, 0, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5)));
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<SchemaMigrator>().MigrateAsync(cancel);
        var database = provider.GetRequiredService<DatabaseResilience>();
        await database.RunAsync("figures.workers", (unit, _) => Workers(unit.Db, workers, now), cancel);
        foreach (var slice in Enumerable.Range(1, streams).Chunk(2_000))
            await database.RunAsync("figures.streams", (unit, _) => Streams(unit.Db, slice, workers, now), cancel);
    }

    private static Task Workers(WeirDbContext db, int workers, DateTime now)
    {
        db.Pools.Add(new StoredPool { Pool = "default", Version = 1 });
        for (var at = 1; at <= workers; at++)
        {
            var (id, life) = (WorkerId.Parse(FormattableString.Invariant($"worker-{at:000}")), new Incarnation(at));
            db.Workers.Add(new StoredWorker { Worker = id, Newest = life, Process = "p", Attempt = 1, Pool = "default", Capacity = 200, RegisteredAt = now });
            db.Leases.Add(new StoredLease { Incarnation = life, Worker = id, Process = "p", Sequence = 1 });
        }

        return Task.CompletedTask;
    }

    private static Task Streams(WeirDbContext db, int[] numbers, int workers, DateTime now)
    {
        foreach (var number in numbers)
        {
            var (stream, owner, epoch) = (StreamId.Parse(FormattableString.Invariant($"stream-{number:00000}")), (number % workers) + 1, new Epoch(1_000 + number));
            var worker = WorkerId.Parse(FormattableString.Invariant($"worker-{owner:000}"));
            db.Streams.Add(new StoredStream { Stream = stream, Pool = "default", Kind = number % 2 == 0 ? "radio" : "ticker", DeclaredAt = now, Labels = """{"city":"Bern"}""" });
            db.Assignments.Add(new StoredAssignment { Stream = stream, Pool = "default", Epoch = epoch, Worker = worker, Incarnation = new Incarnation(owner), State = AssignmentState.Owned, Deadline = now, FailingSince = now });
            db.Reports.Add(new StoredReport { Stream = stream, Incarnation = new Incarnation(owner), Epoch = epoch, Load = 1 + (number % 7 / 10.0), ReportedAt = now });
            db.Owners.Add(new StoredOwner { Stream = stream, Epoch = epoch, Pool = "default", Version = 1, Worker = worker, Incarnation = new Incarnation(owner), AssignedAt = now, RunningAt = now, ToldAt = now });
            if (number % 10 == 0) db.Migrations.Add(Move(number, stream, owner, epoch, now));
        }

        return Task.CompletedTask;
    }

    private static StoredMigration Move(int number, StreamId stream, int owner, Epoch epoch, DateTime now) => new()
    {
        CorrelationId = new Guid(number, 0, 0, [1, 0, 0, 0, 0, 0, 0, 1]),
        Pool = "default",
        Stream = stream,
        Source = new Incarnation(owner == 1 ? 2 : 1),
        SourceEpoch = new Epoch(number),
        Target = new Incarnation(owner),
        TargetEpoch = epoch,
        State = Core.Sagas.MigrationState.Completed,
        Reason = "Imbalance",
        StartedAt = now.AddSeconds(-number),
        EndedAt = now.AddSeconds(1 - number),
    };
}
