using System.Data;
using Microsoft.Extensions.DependencyInjection;
using Weir.Persistence.Resilience;
using Weir.Persistence.Stores;

namespace Weir.Cli.Dev.Reading;

/// <summary>Reads what changed in the pool, in one transaction that sees one instant.</summary>
internal sealed class FleetReader(DatabaseResilience database)
{
    internal const string Pool = "default";

    private static readonly DatabaseCall Read = new("dev.read") { ReadsOnly = true, Isolation = IsolationLevel.RepeatableRead };

    /// <returns>Null when nothing has changed since.</returns>
    internal Task<PlanningReading?> ReadAsync(ChangeMark since, CancellationToken cancel) => database.RunAsync(
        Read,
        async (unit, token) =>
        {
            // The cheap question first: most of the time nothing has changed.
            var mark = await unit.Services.GetRequiredService<PoolReader>().MarkAsync(token);
            return mark == since ? null : await unit.Services.GetRequiredService<PlanningReader>().ReadAsync(Pool, since, token);
        },
        cancel);
}
