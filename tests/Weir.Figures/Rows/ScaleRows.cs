using System.Diagnostics;
using Npgsql;
using Weir.Core.Consistency;
using Weir.Core.Identity;
using Weir.Figures.Fleet;
using Weir.Figures.Ticks;
using Weir.Testing.Waiting;

namespace Weir.Figures.Rows;

/// <summary>A fleet that is only in the tables: what one join costs an orchestrator there.</summary>
internal static class ScaleRows
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(1);
    // Long enough for the plan's messages to leave the outbox, too short for the next look.
    private static readonly TimeSpan Delivery = TimeSpan.FromMilliseconds(300);

    public static async Task<IReadOnlyList<Figure>> JoinAsync(Stage stage, CancellationToken cancel)
    {
        var (workers, streams) = stage.IsShort ? (200, 20_000) : (1_000, 100_000);
        var fleet = await stage.FleetAsync(new FleetSettings { Workers = 0, StreamsEach = 0, Registries = 0, Orchestrators = 0 }, cancel);
        await FillAsync(fleet, workers, streams, cancel);
        await SayWhatRunsAsync(fleet, cancel);
        await fleet.AddOrchestratorAsync(cancel);
        await fleet.AddOrchestratorDoorAsync(cancel);
        // Its first read is the whole pool, and finds nothing to do; then it reads what changes.
        await StillAsync(fleet, cancel);

        var (took, written, read, moves) = (new List<double>(), new List<double>(), new List<double>(), 0);
        for (var round = 0; round < stage.Rounds(5, 2); round++)
        {
            var (version, looks) = (await VersionAsync(fleet, cancel), 0);
            var before = await RowsAsync(fleet, cancel);
            var begun = Stopwatch.GetTimestamp();
            await RunAsync(fleet, Joiner(workers + round + 1), cancel);
            await Declarer.WakeAsync(fleet.Broker.Address, cancel);
            await Eventually.TrueAsync("a plan", async token => ++looks > 0 && await VersionAsync(fleet, token) > version, Bound, cancel);
            took.Add((Stopwatch.GetElapsedTime(begun) - Settle).TotalMilliseconds);
            await BootClock.PassAsync(Delivery, cancel);
            await EndSessionsAsync(fleet, cancel);
            var after = await RowsAsync(fleet, cancel);
            moves = (int)await fleet.Table.NumberAsync("SELECT moves FROM plans ORDER BY version DESC LIMIT 1", cancel);
            written.Add(after.Written - before.Written);
            // The pool's row that each look at it read is none of the plan's.
            read.Add(after.Read - before.Read - looks);
            // The moves of nobody who answers would be asked for again and again, and count as rows of the next round.
            await RunAsync(fleet, Settled, cancel);
            await SayWhatRunsAsync(fleet, cancel);
            await EndSessionsAsync(fleet, cancel);
            await StillAsync(fleet, cancel);
        }

        return
        [
            stage.Told("moves of one join", moves),
            stage.AtMost("event to committed plan, less the settle window, ms, median", Median(took), 300),
            stage.AtMost("rows written, outbox included, median", Median(written), 5 * moves + 100),
            stage.AtMost("rows read, median", Median(read), 5 * moves + 100),
        ];
    }

    private static double Median(List<double> figures) => figures.Order().ElementAt(figures.Count / 2);

    private static Task<long> VersionAsync(RealFleet fleet, CancellationToken cancel) => fleet.Table.NumberAsync("SELECT version FROM pools WHERE pool = 'default'", cancel);

    private static async Task<(double Written, double Read)> RowsAsync(RealFleet fleet, CancellationToken cancel) => (await fleet.Table.ReadAsync(
        """
        SELECT sum(n_tup_ins + n_tup_upd + n_tup_del), sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))
        FROM pg_stat_user_tables WHERE schemaname = 'public'
        """,
        row => ((double)row.GetDecimal(0), (double)row.GetDecimal(1)),
        cancel))[0];

    // A session tells the server what it read and wrote when it ends, else up to ten seconds late: the next round would pay.
    private static Task EndSessionsAsync(RealFleet fleet, CancellationToken cancel) => RunAsync(
        fleet,
        "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()",
        cancel);

    // The server counts with a delay of up to a second.
    private static Task StatisticsAsync(CancellationToken cancel) => BootClock.PassAsync(TimeSpan.FromSeconds(1.2), cancel);

    private static async Task StillAsync(RealFleet fleet, CancellationToken cancel)
    {
        var last = double.NegativeInfinity;
        await Eventually.TrueAsync(
            "the orchestrator to have nothing to do",
            async token =>
            {
                await StatisticsAsync(token);
                var (now, _) = await RowsAsync(fleet, token);
                // Turns are a row now and then.
                var still = now - last < 20;
                last = now;
                return still;
            },
            Bound,
            cancel);
    }

    private static Task FillAsync(RealFleet fleet, int workers, int streams, CancellationToken cancel) => RunAsync(
        fleet,
        $"""
        INSERT INTO pools (pool, version, settings) VALUES ('default', 0, '{AllAtOnce}');
        INSERT INTO leases (incarnation, worker, process, sequence, quiet_ms, state, stopped, mark_sent, mark_read, commands_unread, digest, stuck, running, listed_in)
        SELECT nextval('epochs'), 'w' || lpad(n::text, 5, '0'), 'p' || n, 1, 0, 'Live', false, 0, 0, false, 0, 0, 0, (SELECT began FROM era) FROM generate_series(1, {workers}) AS n;
        INSERT INTO workers (worker, newest, process, attempt, pool, capacity, labels, cordoned, draining, registered_at)
        SELECT worker, incarnation, process, 1, 'default', 1000, '{Empty}', false, false, now() FROM leases;
        INSERT INTO streams (stream, pool, kind, weight, class, local_mode_for_ms, hold, labels, declared_at)
        SELECT 's' || lpad(n::text, 7, '0'), 'default', 'ticker', 1, 'Fenced', 300000, 'None', '{Empty}', now() FROM generate_series(1, {streams}) AS n;
        INSERT INTO assignments (stream, pool, epoch, worker, incarnation, state, reason, hold, class, local_mode_for_ms, migrating, deadline, asked, failures, failing_since)
        SELECT s.stream, 'default', nextval('epochs'), l.worker, l.incarnation, 'Owned', 'Declared', 'None', 'Fenced', 300000, false, now(), 0, 0, 'epoch'
        FROM (SELECT stream, row_number() OVER (ORDER BY stream) % {workers} AS at FROM streams) AS s
        JOIN (SELECT worker, incarnation, row_number() OVER (ORDER BY worker) % {workers} AS at FROM leases) AS l ON l.at = s.at;
        ANALYZE;
        """,
        cancel);

    // As each worker's beats would say it: a fleet whose digests differ from the table is looked at every second.
    private static async Task SayWhatRunsAsync(RealFleet fleet, CancellationToken cancel)
    {
        var rows = await fleet.Table.ReadAsync("SELECT incarnation, stream, epoch FROM assignments", row => (Life: row.GetInt64(0), Stream: row.GetString(1), Epoch: row.GetInt64(2)), cancel);
        var digests = rows.GroupBy(row => row.Life).ToDictionary(
            life => life.Key,
            life => unchecked((long)life.Aggregate(default(HoldingsDigest), (digest, row) => digest.Toggle(StreamId.Parse(row.Stream), new Epoch(row.Epoch))).Value));
        await using var connection = Unpooled(fleet);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("UPDATE leases SET digest = d.digest FROM unnest($1, $2) AS d(life, digest) WHERE incarnation = d.life AND leases.digest <> d.digest", connection);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. digests.Keys] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. digests.Values] });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private const string Empty = "{}";

    // The cost of one plan is asked for: the joiner gets its whole share by it.
    private const string AllAtOnce = """{"movesAWorker":200}""";

    // Every worker says at once what a healthy one would have said: the moves are over. The server counts a table that grew within a
    // minute; a round begins sooner, and would have each look read all moves of the rounds before.
    private const string Settled = """
        SELECT stream FROM assignments WHERE state <> 'Owned' ORDER BY stream FOR UPDATE;
        UPDATE migrations SET state = 'Completed', ended_at = now() WHERE ended_at IS NULL;
        UPDATE assignments AS a SET state = 'Owned', migrating = false, epoch = nextval('epochs'), worker = l.worker, incarnation = l.incarnation
        FROM migrations AS m JOIN leases AS l ON l.incarnation = m.target WHERE m.stream = a.stream AND a.state <> 'Owned';
        ANALYZE migrations;
        """;

    // In one statement: a look for the row just written would read the whole table, and count as the join's.
    private static string Joiner(int number) => $"""
        WITH life AS (
            INSERT INTO leases (incarnation, worker, process, sequence, quiet_ms, state, stopped, mark_sent, mark_read, commands_unread, digest, stuck, running, listed_in)
            SELECT nextval('epochs'), 'w{number:00000}', 'p{number}', 1, 0, 'Live', false, 0, 0, false, 0, 0, 0, began FROM era
            RETURNING worker, incarnation, process)
        INSERT INTO workers (worker, newest, process, attempt, pool, capacity, labels, cordoned, draining, registered_at)
        SELECT worker, incarnation, process, 1, 'default', 1000, '{Empty}', false, false, now() FROM life
        """;

    // A session that ends has told the server what it wrote; one that rests tells it when it likes, and the next round would pay.
    private static NpgsqlConnection Unpooled(RealFleet fleet) =>
        new(new NpgsqlConnectionStringBuilder(fleet.Table.ConnectionString) { Pooling = false }.ConnectionString);

    private static async Task RunAsync(RealFleet fleet, string sql, CancellationToken cancel)
    {
        await using var connection = Unpooled(fleet);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 180 };
        for (var tries = 1; ; tries++)
        {
            try
            {
                await command.ExecuteNonQueryAsync(cancel);
                return;
            }
            catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.DeadlockDetected && tries < 5)
            {
                // The orchestrator asks those again who never answer, and locks the same rows.
            }
        }
    }
}
