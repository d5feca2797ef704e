namespace Weir.Persistence.Stores;

/// <summary>
/// Looks whether the tables agree with one another: what no program of ours writes, and a restore of some tables, a hand at the
/// database or a lost disk page leaves behind. Reads all assignments: for whoever asks, not for a loop.
/// </summary>
public sealed class IntegrityReader(WeirDbContext db)
{
    private static readonly (string Words, SqlPair Sql)[] Rules =
    [
        ("have an owner whose lease is not there", Same(
            "SELECT count(*), min(a.stream) FROM assignments AS a WHERE a.state <> 'Unowned' AND NOT EXISTS (SELECT 1 FROM leases AS l WHERE l.incarnation = a.incarnation)")),
        ("are assigned and not in the catalogue", Same(
            "SELECT count(*), min(a.stream) FROM assignments AS a WHERE NOT EXISTS (SELECT 1 FROM streams AS s WHERE s.stream = a.stream)")),
        ("have an epoch that was never drawn", new(
            "SELECT count(*), min(a.stream) FROM assignments AS a WHERE a.epoch > (SELECT last_value FROM epochs)",
            "SELECT count(*), min(a.stream) FROM assignments AS a WHERE a.epoch > (SELECT value FROM counters WHERE name = 'epochs')")),
        ("are workers without the lease of their newest life", Same(
            "SELECT count(*), min(w.worker) FROM workers AS w WHERE NOT EXISTS (SELECT 1 FROM leases AS l WHERE l.incarnation = w.newest)")),
        ("are being moved and assigned to nobody", Same(
            "SELECT count(*), min(m.stream) FROM migrations AS m WHERE m.state IN ('Releasing', 'Starting') AND NOT EXISTS (SELECT 1 FROM assignments AS a WHERE a.stream = m.stream)")),
    ];

    /// <summary>Asks every rule once. Run it in one transaction that sees one instant: rows that were being written would else contradict.</summary>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public async Task<IReadOnlyList<IntegrityFault>> ReadAsync(CancellationToken cancel)
    {
        var faults = new List<IntegrityFault>();
        foreach (var (words, sql) in Rules)
        {
            var (rows, first) = (await sql.ReadAsync(db, row => (row.GetInt64(0), row.IsDBNull(1) ? "" : row.GetString(1)), cancel))[0];
            if (rows > 0) faults.Add(new(rows, first, words));
        }

        return faults;
    }

    private static SqlPair Same(string sql) => new(sql, sql);
}
