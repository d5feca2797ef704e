using System.Data.Common;
using System.Globalization;

namespace Weir.Persistence.Stores;

/// <summary>The database's clock: it sets deadlines and says when to ask again, and decides nothing else.</summary>
public sealed class DatabaseClock(WeirDbContext db)
{
    private static readonly SqlPair Now = new("SELECT clock_timestamp()", "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')");

    /// <summary>Since 1970-01-01 UTC.</summary>
    public async Task<TimeSpan> NowAsync(CancellationToken cancel) => (await Now.ReadAsync(db, Read, cancel))[0];

    private static TimeSpan Read(DbDataReader row) =>
        (row.GetValue(0) is DateTime instant
            ? instant
            : DateTime.Parse(row.GetString(0), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)) - DateTime.UnixEpoch;
}
