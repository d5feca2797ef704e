using Microsoft.EntityFrameworkCore;
using Weir.Core.Identity;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Stores;

/// <summary>
/// Reads rows of <c>assignments</c> to decide on, locked until the transaction ends and in the order of their streams, so that two
/// transactions that share rows wait in one direction only. SQLite has one writer; there the transaction is the lock.
/// </summary>
public sealed class AssignmentLocks(WeirDbContext db)
{
    /// <summary>The rows of these streams, those that exist.</summary>
    public async Task<IReadOnlyList<StoredAssignment>> TakeAsync(IReadOnlyCollection<StreamId> streams, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(streams);
        if (streams.Count == 0) return [];
        if (db.Database.IsSqlite()) return await db.Assignments.AsNoTracking().Where(row => streams.Contains(row.Stream)).ToListAsync(cancel);

        var names = streams.Select(stream => stream.Value).ToArray();
        return await db.Assignments
            .FromSqlRaw("SELECT * FROM assignments WHERE stream = ANY({0}) ORDER BY stream FOR NO KEY UPDATE", (object)names)
            .AsNoTracking()
            .ToListAsync(cancel);
    }

    /// <summary>
    /// Rows that wait for an answer whose deadline has passed, or lies further ahead than any is ever set; rows that another
    /// transaction has are left to it, and so are those that a migration carries.
    /// </summary>
    /// <param name="most">At most so many, at least 1.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<StoredAssignment>> TakeDueAsync(int most, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        return db.Database.IsSqlite()
            ? await db.Assignments
                .FromSqlRaw(
                    """
                    SELECT * FROM assignments WHERE state IN ('Starting', 'Releasing') AND NOT migrating
                      AND (deadline <= strftime('%Y-%m-%d %H:%M:%f', 'now') OR deadline > strftime('%Y-%m-%d %H:%M:%f', 'now', '+1 second'))
                    ORDER BY deadline LIMIT {0}
                    """,
                    most)
                .AsNoTracking()
                .ToListAsync(cancel)
            : await db.Assignments
                .FromSqlRaw(
                    """
                    SELECT * FROM assignments WHERE state IN ('Starting', 'Releasing') AND NOT migrating
                      AND (deadline <= clock_timestamp() OR deadline > clock_timestamp() + interval '1 second')
                    ORDER BY deadline LIMIT {0} FOR NO KEY UPDATE SKIP LOCKED
                    """,
                    most)
                .AsNoTracking()
                .ToListAsync(cancel);
    }
}
