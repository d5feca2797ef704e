using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weir.Core.Consistency;
using Weir.Orchestrator.Tests.Stage;
using Weir.Orchestrator.Waking;
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
        // Nobody answers the first join's moves here: looks that follow one another asked for them again and again, and were counted.
        await using var replica = await Replica.StartAsync(servers, "r1", options => options.Period = TimeSpan.FromSeconds(10), isOnBus: false);
        // The first join waits for the whole pool to be read, and warms what the second is measured by.
        await JoinAsync(replica, "w9998", plans: 1);

        var saidBefore = await SaidAsync(replica.Given);
        var elapsed = await JoinAsync(replica, "w9999", plans: 2);
        var plan = (await replica.Given.PlansAsync())[^1];
        var said = await SaidAsync(replica.Given) - saidBefore;
        var written = (2 * plan.Moves) + 2 + said;
        TestContext.Current.TestOutputHelper?.WriteLine($"{elapsed.TotalMilliseconds:0} ms from the row to the plan seen, {plan.Moves} moves, {written} rows written, {said} of them messages");

        Assert.InRange(plan.Moves, 98, 99);
        Assert.InRange(written, 1, (5 * plan.Moves) + 100);
        Assert.True(elapsed < Replica.Bound, $"{elapsed}");
    }

    private static async Task<TimeSpan> JoinAsync(Replica replica, string worker, int plans)
    {
        await replica.Given.WorkerAsync(worker, "p1");
        var begun = Stopwatch.GetTimestamp();
        replica.Services.GetRequiredService<WakeSignal>().Wake();
        await Eventually.TrueAsync($"plan {plans}", async _ => (await replica.Given.PlansAsync()).Count >= plans, Replica.Bound, Cancel);
        return Stopwatch.GetElapsedTime(begun);
    }

    // Rows of the outbox are gone once they are delivered; their numbers are not.
    private static Task<long> SaidAsync(Given given) => given.ReadAsync(async db =>
        (await db.Database.SqlQuery<long>($"SELECT last_value AS \"Value\" FROM \"OutboxMessage_SequenceNumber_seq\"").ToListAsync(Cancel))[0]);

    private static Task FillAsync(Given given) => given.RunAsync(async db =>
    {
        await db.Database.ExecuteSqlRawAsync("INSERT INTO pools (pool, version, settings) VALUES ('default', 0, '{{\"settleMs\":0,\"movesAWorker\":200}}') ON CONFLICT (pool) DO UPDATE SET settings = excluded.settings", Cancel);
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

        // What each worker's beats say it runs, so that nobody is asked.
        var rows = await db.Assignments.AsNoTracking().Select(row => new { row.Incarnation, row.Stream, row.Epoch }).ToListAsync(Cancel);
        var digests = rows.GroupBy(row => row.Incarnation).ToDictionary(life => life.Key, life => life.Aggregate(default(HoldingsDigest), (digest, row) => digest.Toggle(row.Stream, row.Epoch)).Value);
        foreach (var lease in await db.Leases.AsTracking().ToListAsync(Cancel)) lease.Digest = digests[lease.Incarnation];
    });
}
