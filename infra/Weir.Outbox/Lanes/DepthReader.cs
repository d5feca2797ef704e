using Microsoft.EntityFrameworkCore;

namespace Weir.Outbox.Lanes;

/// <summary>Counts a lane's rows.</summary>
internal static class DepthReader
{
    public static async Task<OutboxDepth> ReadAsync<TDbContext>(Lane<TDbContext> lane, TDbContext db, CancellationToken cancel)
        where TDbContext : DbContext
    {
        var (sql, names, ids) = (lane.Sql(db), lane.Names(db), lane.Ids);
        var part = names.Column(nameof(OutboxMessage.OutboxId));
        var counts = await sql.ReadAsync(
            $"SELECT {part}, COUNT(*) FROM {names.Outbox} WHERE {part} IN (@waiting, @delayed, @aside) GROUP BY {part}",
            row => (Part: row.GetGuid(0), Rows: row.GetInt64(1)),
            cancel, ("waiting", ids.Waiting), ("delayed", ids.Delayed), ("aside", ids.SetAside));
        var oldest = await sql.ReadAsync(
            $"""
            SELECT {names.Column(nameof(OutboxMessage.SentTime))} FROM {names.Outbox} WHERE {part} = @waiting
            ORDER BY {names.Column(nameof(OutboxMessage.SequenceNumber))} LIMIT 1
            """,
            row => DateTime.SpecifyKind(row.GetDateTime(0), DateTimeKind.Utc), cancel, ("waiting", ids.Waiting));

        var age = oldest.Count == 0 ? TimeSpan.Zero : lane.Now - oldest[0];
        return new OutboxDepth(Rows(ids.Waiting), Rows(ids.Delayed), Rows(ids.SetAside), age > TimeSpan.Zero ? age : TimeSpan.Zero);

        long Rows(Guid id) => counts.Where(count => count.Part == id).Sum(count => count.Rows);
    }

    /// <summary>Whether any row waits; stops at the first.</summary>
    public static async Task<bool> AnyWaitsAsync<TDbContext>(Lane<TDbContext> lane, TDbContext db, CancellationToken cancel)
        where TDbContext : DbContext
    {
        var names = lane.Names(db);
        var first = await lane.Sql(db).ReadAsync(
            $"SELECT 1 FROM {names.Outbox} WHERE {names.Column(nameof(OutboxMessage.OutboxId))} = @waiting LIMIT 1",
            row => true, cancel, ("waiting", lane.Ids.Waiting));
        return first.Count > 0;
    }
}
