using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weir.Core.Sagas;
using Weir.Orchestrator.Tests.Stage;
using Weir.Orchestrator.Waking;
using Weir.Outbox;
using Weir.Persistence;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Orchestrator.Tests;

/// <summary>The cost of a plan follows the change, not the pool.</summary>
[Load]
[Slow]
public sealed class JoinLoadTests
{
    private const int Workers = 1_000;
    private const int Streams = 100_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OneWorkerJoinsAThousandWithAHundredThousandStreams_OnlyTheChangeIsPaidFor()
    {
        await using var servers = await Servers.OpenAsync();
        await using (var maker = await Replica.StartAsync(servers, "maker", options => options.Period = TimeSpan.FromMinutes(1), isOnBus: false)) await FillAsync(maker.Given);
        await using var replica = await Replica.StartAsync(servers, "r1", isOnBus: false);
        await replica.Services.WaitForOutboxEmpty<WeirDbContext>(TimeSpan.FromSeconds(30), Cancel);
        await Eventually.TrueAsync("the first look", _ => replica.Given.ReadAsync(db => db.PlannerTurns.AnyAsync(turn => turn.Holder == "r1", Cancel)), Replica.Bound, Cancel);
        await Task.Delay(TimeSpan.FromSeconds(8), TimeProvider.System, Cancel);

        var rowsBefore = await WrittenAsync(replica.Given);
        await replica.Given.WorkerAsync("w9999", "p1");
        var begun = Stopwatch.GetTimestamp();
        replica.Services.GetRequiredService<WakeSignal>().Wake();
        await Eventually.TrueAsync("the plan", async _ => (await replica.Given.PlansAsync()).Count > 0, Replica.Bound, Cancel);
        var elapsed = Stopwatch.GetElapsedTime(begun);
        var plan = (await replica.Given.PlansAsync())[0];
        var written = await WrittenAsync(replica.Given) - rowsBefore;
        TestContext.Current.TestOutputHelper?.WriteLine($"{elapsed.TotalMilliseconds:0} ms from wake to seen plan, {plan.Moves} moves, {written} rows inserted or updated (the moves' own progress included)");

        Assert.Equal(99, plan.Moves);
        Assert.Equal(99, (await replica.Given.MigrationsInAsync(MigrationState.Releasing, MigrationState.Starting, MigrationState.Completed)).Count);
        Assert.True(elapsed < Patience.Seconds(3), $"{elapsed}");
    }

    private static Task<long> WrittenAsync(Given given) => given.ReadAsync(async db =>
        (await db.Database.SqlQuery<long>($"SELECT (tup_inserted + tup_updated)::bigint AS \"Value\" FROM pg_stat_database WHERE datname = current_database()").ToListAsync(Cancel))[0]);

    private static Task FillAsync(Given given) => given.RunAsync(async db =>
    {
        await db.Database.ExecuteSqlRawAsync("INSERT INTO pools (pool, version, settings) VALUES ('default', 0, '{{\"settleMs\":0}}') ON CONFLICT (pool) DO UPDATE SET settings = excluded.settings", Cancel);
        await db.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO leases (incarnation, worker, process, sequence, quiet_ms, state, stopped, mark_sent, mark_read, commands_unread, digest, stuck, running, listed_in)
            SELECT w, 'w' || lpad(w::text, 4, '0'), 'p1', 0, 0, 'Live', false, 0, 0, false, 0, 0, 0, (SELECT began FROM era) FROM generate_series(1, {0}) AS w
            """,
            [Workers], Cancel);
        await db.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO workers (worker, newest, process, attempt, pool, capacity, labels, cordoned, draining, registered_at)
            SELECT 'w' || lpad(w::text, 4, '0'), w, 'p1', 1, 'default', 10000, '{{}}', false, false, now() FROM generate_series(1, {0}) AS w
            """,
            [Workers], Cancel);
        await db.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO streams (stream, pool, kind, weight, class, local_mode_for_ms, hold, labels, declared_at)
            SELECT 's' || lpad(s::text, 6, '0'), 'default', 'ticker', 1, 'Fenced', 300000, 'None', '{{}}', now() FROM generate_series(1, {0}) AS s
            """,
            [Streams], Cancel);
        await db.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO assignments (stream, pool, epoch, worker, incarnation, state, reason, hold, class, local_mode_for_ms, migrating, deadline, asked, failures, failing_since)
            SELECT 's' || lpad(s::text, 6, '0'), 'default', nextval('epochs'), 'w' || lpad((s % {1} + 1)::text, 4, '0'), s % {1} + 1, 'Owned', 'Declared', 'None', 'Fenced', 300000, false,
                   'epoch', 0, 0, 'epoch' FROM generate_series(1, {0}) AS s
            """,
            [Streams, Workers], Cancel);
    });
}
