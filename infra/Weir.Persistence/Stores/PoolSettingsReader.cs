using Microsoft.EntityFrameworkCore;
using Weir.Persistence.Settings;

namespace Weir.Persistence.Stores;

/// <summary>Reads the pools' own figures, for whoever may not write them.</summary>
public sealed class PoolSettingsReader(WeirDbContext db)
{
    /// <summary>The figures of each pool there is. A pool without a row has <see cref="PoolSettings.Default"/>.</summary>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The pools that can be used, and why the others cannot.</returns>
    public async Task<(IReadOnlyDictionary<string, PoolSettings> Pools, IReadOnlyDictionary<string, PoolSettingsRefusedException> Refused)> ReadAsync(CancellationToken cancel)
    {
        var rows = await db.Pools.AsNoTracking().Select(row => new { row.Pool, row.Settings }).ToListAsync(cancel);
        var pools = new Dictionary<string, PoolSettings>(StringComparer.Ordinal);
        var refused = new Dictionary<string, PoolSettingsRefusedException>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            try
            {
                pools.Add(row.Pool, PoolSettings.Parse(row.Settings));
            }
            catch (PoolSettingsRefusedException unusable)
            {
                refused.Add(row.Pool, unusable);
            }
        }

        return (pools, refused);
    }
}
