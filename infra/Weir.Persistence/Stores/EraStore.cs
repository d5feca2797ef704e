using System.Data.Common;
using System.Security.Cryptography;
using Weir.Core.Eras;
using Weir.Core.Identity;
using Weir.Persistence.Postgres;

namespace Weir.Persistence.Stores;

/// <summary>Reads and writes table <c>era</c>. Every granting transaction reads it, and the database's identity with it, in one statement.</summary>
public sealed class EraStore(WeirDbContext db)
{
    private const string Row = "began, system, timeline, table_oid, phase, quiet_ms";

    private static readonly SqlPair Read = new(
        $"SELECT {Row}, {PostgresIdentity.Columns} FROM era WHERE id = 1",
        $"SELECT {Row}, (SELECT value FROM counters WHERE name = 'identity'), 1, 1 FROM era WHERE id = 1");

    private static readonly SqlPair Replace = new(Write("greatest"), Write("max"));

    private static readonly SqlPair NewIdentity = new(
        "SELECT 1 WHERE false",
        "UPDATE counters SET value = @identity WHERE name = 'identity' RETURNING 1");

    /// <summary>The era and the identity to compare it with.</summary>
    /// <exception cref="InvalidOperationException">The row is gone: the database was not made by <c>weir store migrate</c>.</exception>
    public async Task<EraReading> ReadAsync(CancellationToken cancel)
    {
        var rows = await Read.ReadAsync(db, Reading, cancel);
        return rows.Count == 1 ? rows[0] : throw new InvalidOperationException("Table era has no row; run 'weir store migrate', which adds it.");
    }

    /// <summary>Replaces the era as it was seen; its quiet only grows while the era is the same. A new life's counter goes on from its beginning.</summary>
    /// <returns>False when another orchestrator was first.</returns>
    public async Task<bool> ReplaceAsync(EraRow seen, EraRow next, CancellationToken cancel)
    {
        var written = await Replace.ReadAsync(
            db,
            row => row.GetInt64(0),
            cancel,
            ("seen", seen.Began.Value),
            ("seen_phase", seen.Phase.ToString()),
            ("began", next.Began.Value),
            ("system", next.Identity.System),
            ("timeline", next.Identity.Timeline),
            ("table_oid", next.Identity.Table),
            ("phase", next.Phase.ToString()),
            ("quiet", next.Quiet.Ticks / TimeSpan.TicksPerMillisecond));
        var won = written.Count == 1;
        if (won && next.Began != seen.Began)
            await new EpochCounter(db).BeginAsync(next.Began, cancel);
        return won;
    }

    /// <summary>What <c>weir store restored</c> does to an SQLite file, which cannot know that it is a copy. PostgreSQL knows by itself.</summary>
    /// <returns>False on PostgreSQL: nothing was done.</returns>
    public async Task<bool> TellRestoredAsync(CancellationToken cancel)
    {
        var identity = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;
        return (await NewIdentity.ReadAsync(db, _ => true, cancel, ("identity", identity))).Count == 1;
    }

    private static EraReading Reading(DbDataReader row) => new(
        new EraRow(
            new Epoch(row.GetInt64(0)),
            new DatabaseIdentity(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
            Enum.Parse<EraPhase>(row.GetString(4)),
            new TimeSpan(row.GetInt64(5) * TimeSpan.TicksPerMillisecond)),
        new DatabaseIdentity(row.GetInt64(6), row.GetInt64(7), row.GetInt64(8)));

    private static string Write(string greatest) =>
        "UPDATE era SET began = @began, system = @system, timeline = @timeline, table_oid = @table_oid, phase = @phase, "
        + $"quiet_ms = CASE WHEN began = @began THEN {greatest}(quiet_ms, @quiet) ELSE @quiet END "
        + "WHERE id = 1 AND began = @seen AND phase = @seen_phase RETURNING began";
}
