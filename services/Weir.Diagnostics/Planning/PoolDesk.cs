using System.Data;
using Microsoft.Extensions.DependencyInjection;
using Weir.Persistence.Resilience;
using Weir.Persistence.Stores;

namespace Weir.Diagnostics.Planning;

/// <summary>Reads a pool whole, as of one instant.</summary>
internal sealed class PoolDesk(DatabaseResilience database)
{
    /// <summary>The pool, and its version; null when there is neither a worker nor a stream nor a row of that name.</summary>
    internal async Task<(PoolRows Rows, long Version)?> ReadAsync(string pool, CancellationToken cancel)
    {
        var reading = await database.RunAsync(
            new DatabaseCall("pool.picture") { ReadsOnly = true, Isolation = IsolationLevel.RepeatableRead },
            (unit, token) => unit.Services.GetRequiredService<PlanningReader>().ReadAsync(pool, ChangeMark.Beginning, token),
            cancel);
        var isThere = reading.Pool is not null || reading.Rows.Workers.Count + reading.Rows.Streams.Count > 0;
        return isThere ? (new PoolRows(reading), reading.Pool?.Version ?? 0) : null;
    }
}
