using Npgsql;
using Weir.Figures.Fleet;
using Weir.Testing.Waiting;

namespace Weir.Figures.Airwaves;

/// <summary>
/// Watches the table <c>plays</c> from within the database: a trigger, of which the workers know nothing, notes each row as it is written.
/// What a station's rows say it was heard at, one after the other, tells the gaps; their epochs tell whether an old owner wrote.
/// </summary>
internal sealed class HeardTable(FleetTable table)
{
    private const string Schema = """
        CREATE TABLE heard (number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, station text, seen_ms bigint, epoch bigint, worker text);
        CREATE FUNCTION note_play() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO heard (station, seen_ms, epoch, worker) VALUES (new.station, new.seen_ms, new.epoch, new.worker);
            RETURN new;
        END $$;
        CREATE TRIGGER note_play AFTER INSERT OR UPDATE ON plays FOR EACH ROW EXECUTE FUNCTION note_play();
        """;

    private const string Gaps = """
        SELECT max(gap) FROM (
            SELECT station, seen_ms - lag(seen_ms) OVER (PARTITION BY station ORDER BY number) AS gap FROM heard
            UNION ALL
            SELECT station, (extract(epoch FROM clock_timestamp()) * 1000)::bigint - max(seen_ms) FROM heard GROUP BY station) AS gaps
        GROUP BY station
        """;

    private const string Stale = """
        SELECT count(*) FROM (SELECT epoch, max(epoch) OVER (PARTITION BY station ORDER BY number ROWS UNBOUNDED PRECEDING) AS highest FROM heard) AS row WHERE epoch < highest
        """;

    private const string Twice = """
        SELECT count(*) FROM (SELECT title, lag(title) OVER (PARTITION BY station ORDER BY began_ms) AS before FROM plays) AS play WHERE title = before
        """;

    public async Task WatchAsync(CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(table.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(Schema, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Each station has been written of since it is watched.</summary>
    public Task AllHeardAsync(int stations, TimeSpan bound, CancellationToken cancel) => Eventually.TrueAsync(
        $"{stations} stations to be heard", async token => await table.NumberAsync("SELECT count(DISTINCT station) FROM heard", token) == stations, bound, cancel);

    /// <summary>The longest gap of each station, in seconds; up to now, for what is not heard any more.</summary>
    public async Task<IReadOnlyList<double>> GapsAsync(CancellationToken cancel) => await table.ReadAsync(Gaps, row => row.GetInt64(0) / 1000.0, cancel);

    /// <summary>Rows written under an epoch below one that the station's rows had before.</summary>
    public Task<long> StaleAsync(CancellationToken cancel) => table.NumberAsync(Stale, cancel);

    /// <summary>Plays that stand there twice, one after the other.</summary>
    public Task<long> TwiceAsync(CancellationToken cancel) => table.NumberAsync(Twice, cancel);

    /// <summary>Stations that more than one worker wrote of.</summary>
    public Task<long> MovedAsync(CancellationToken cancel) =>
        table.NumberAsync("SELECT count(*) FROM (SELECT station FROM heard GROUP BY station HAVING count(DISTINCT epoch) > 1) AS moved", cancel);

    /// <summary>All plays.</summary>
    public Task<long> PlaysAsync(CancellationToken cancel) => table.NumberAsync("SELECT count(*) FROM plays", cancel);
}
