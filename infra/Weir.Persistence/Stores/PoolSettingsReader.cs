using Microsoft.EntityFrameworkCore;
using Weir.Persistence.Settings;

namespace Weir.Persistence.Stores;

/// <summary>Reads the pools' own figures, for whoever may not write them.</summary>
public sealed class PoolSettingsReader(WeirDbContext db)
{
    /// <summary>The figures of each pool there is. A pool without a row has <see cref="PoolSettings.Default"/>.</summary>
    /// <exception cref="PoolSettingsRefusedException">A row holds what cannot be used.</exception>
    public async Task<IReadOnlyDictionary<string, PoolSettings>> ReadAsync(CancellationToken cancel)
    {
        var rows = await db.Pools.AsNoTracking().Select(row => new { row.Pool, row.Settings }).ToListAsync(cancel);
        return rows.ToDictionary(row => row.Pool, row => PoolSettings.Parse(row.Settings), StringComparer.Ordinal);
    }
}
