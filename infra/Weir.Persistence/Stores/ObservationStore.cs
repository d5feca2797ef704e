using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weir.Core.Consistency;
using Weir.Core.Identity;

namespace Weir.Persistence.Stores;

/// <summary>Writes table <c>observations</c>, and with it which era a lease listed its holdings in; Registry's alone.</summary>
public sealed class ObservationStore(WeirDbContext db)
{
    private static readonly SqlPair Insert = new(
        """
        INSERT INTO observations (incarnation, stream, epoch, stopping)
        SELECT @incarnation, h.stream, h.epoch, h.stopping FROM json_to_recordset(@rows::json) AS h(stream text, epoch bigint, stopping boolean) ORDER BY h.stream
        ON CONFLICT (incarnation, stream) DO UPDATE SET epoch = excluded.epoch, stopping = excluded.stopping RETURNING stream
        """,
        """
        INSERT INTO observations (incarnation, stream, epoch, stopping)
        SELECT @incarnation, value ->> 'stream', value ->> 'epoch', value ->> 'stopping' FROM json_each(@rows) WHERE true
        ON CONFLICT (incarnation, stream) DO UPDATE SET epoch = excluded.epoch, stopping = excluded.stopping RETURNING stream
        """);

    /// <summary>Replaces what one life was observed to hold.</summary>
    public async Task ReplaceAsync(Incarnation incarnation, IReadOnlyCollection<Holding> holdings, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(holdings);
        await db.Observations.Where(row => row.Incarnation == incarnation).ExecuteDeleteAsync(cancel);
        if (holdings.Count == 0) return;
        var rows = holdings.DistinctBy(held => held.Stream).Select(held => new { stream = held.Stream.Value, epoch = held.Epoch.Value, stopping = held.Stopping });
        await Insert.ReadAsync(db, row => row.GetString(0), cancel, ("incarnation", incarnation.Value), ("rows", JsonSerializer.Serialize(rows)));
    }

    /// <summary>The life has listed what it holds in this era.</summary>
    public Task ListedAsync(Incarnation incarnation, Epoch era, CancellationToken cancel) =>
        db.Leases.Where(lease => lease.Incarnation == incarnation).ExecuteUpdateAsync(set => set.SetProperty(lease => lease.ListedIn, era), cancel);
}
