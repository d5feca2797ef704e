using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Core.Leases;
using Weir.Persistence.Resilience;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;

namespace Weir.Registry.Pools;

/// <summary>The pools' own figures, read again when they are too old. Thread-safe. A pool without a row has the defaults.</summary>
internal sealed class PoolFigures(DatabaseResilience database, IOptions<RegistryOptions> options, TimeProvider clock, ILogger<PoolFigures> logger)
{
    private sealed record Reading(IReadOnlyDictionary<string, PoolSettings> Pools, IReadOnlyDictionary<string, LeaseTimes> Times, long ReadAt);

    private Reading? _last;

    internal async ValueTask<PoolSettings> OfAsync(string pool, CancellationToken cancel) => (await ReadAsync(cancel)).Pools.GetValueOrDefault(pool, PoolSettings.Default);

    /// <summary>The figures of every pool's leases; a pool that is not among them has <see cref="LeaseTimes.Fast"/>.</summary>
    internal async ValueTask<IReadOnlyDictionary<string, LeaseTimes>> LeaseTimesAsync(CancellationToken cancel) => (await ReadAsync(cancel)).Times;

    private async ValueTask<Reading> ReadAsync(CancellationToken cancel)
    {
        var last = Volatile.Read(ref _last);
        if (last is not null && clock.GetElapsedTime(last.ReadAt) < options.Value.PoolFiguresFor) return last;

        var at = clock.GetTimestamp();
        try
        {
            var pools = await database.RunAsync(
                new DatabaseCall("pools.figures") { ReadsOnly = true }, (unit, token) => unit.Services.GetRequiredService<PoolSettingsReader>().ReadAsync(token), cancel);
            last = new Reading(pools, pools.ToDictionary(pool => pool.Key, pool => pool.Value.Lease(), StringComparer.Ordinal), at);
        }
        catch (PoolSettingsRefusedException refused) when (last is not null)
        {
            // One pool's row that cannot be used must not stop the leases of all.
            RegistryLog.FiguresRefused(logger, refused.Message);
            last = last with { ReadAt = at };
        }

        Volatile.Write(ref _last, last);
        return last;
    }
}
