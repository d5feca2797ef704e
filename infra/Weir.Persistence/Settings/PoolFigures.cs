using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Core.Leases;
using Weir.Persistence.Resilience;
using Weir.Persistence.Stores;

namespace Weir.Persistence.Settings;

/// <summary>
/// The pools' own figures as a process keeps them, read again when they are older than <see cref="DatabaseOptions.PoolFiguresFor"/>.
/// One a process, thread-safe. A pool without a row has <see cref="PoolSettings.Default"/>.
/// </summary>
public sealed partial class PoolFigures(DatabaseResilience database, IOptions<DatabaseOptions> options, TimeProvider clock, ILogger<PoolFigures> logger)
{
    private static readonly DatabaseCall Call = new("pools.figures") { ReadsOnly = true };

    private Reading? _last;

    /// <summary>One pool's figures; where they are too old a unit of work of its own reads them.</summary>
    /// <param name="pool">Which pool.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="PoolSettingsRefusedException">A row holds what cannot be used, and nothing was read before it did.</exception>
    public async ValueTask<PoolSettings> OfAsync(string pool, CancellationToken cancel) => Of(await FreshAsync(ReadAsync, cancel), pool);

    /// <summary>The same inside a transaction that is open, which reads them where they are too old.</summary>
    /// <param name="pool">Which pool.</param>
    /// <param name="reader">The transaction's.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="PoolSettingsRefusedException">As for <see cref="OfAsync(string, CancellationToken)"/>.</exception>
    public async ValueTask<PoolSettings> OfAsync(string pool, PoolSettingsReader reader, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return Of(await FreshAsync(reader.ReadAsync, cancel), pool);
    }

    /// <summary>The figures of every pool's leases; a pool that is not among them has <see cref="LeaseTimes.Fast"/>.</summary>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="PoolSettingsRefusedException">As for <see cref="OfAsync(string, CancellationToken)"/>.</exception>
    public async ValueTask<IReadOnlyDictionary<string, LeaseTimes>> LeaseTimesAsync(CancellationToken cancel) => (await FreshAsync(ReadAsync, cancel)).Times;

    private static PoolSettings Of(Reading reading, string pool) => reading.Pools.GetValueOrDefault(pool, PoolSettings.Default);

    private Task<IReadOnlyDictionary<string, PoolSettings>> ReadAsync(CancellationToken cancel) =>
        database.RunAsync(Call, (unit, token) => unit.Services.GetRequiredService<PoolSettingsReader>().ReadAsync(token), cancel);

    private async ValueTask<Reading> FreshAsync(Func<CancellationToken, Task<IReadOnlyDictionary<string, PoolSettings>>> read, CancellationToken cancel)
    {
        var last = Volatile.Read(ref _last);
        if (last is not null && clock.GetElapsedTime(last.ReadAt) < options.Value.PoolFiguresFor) return last;

        var at = clock.GetTimestamp();
        try
        {
            var pools = await read(cancel);
            last = new Reading(pools, pools.ToDictionary(pool => pool.Key, pool => pool.Value.Lease(), StringComparer.Ordinal), at);
        }
        catch (PoolSettingsRefusedException refused) when (last is not null)
        {
            // One pool's row that cannot be used must not stop the leases and the moves of all.
            Refused(logger, refused.Message);
            last = last with { ReadAt = at };
        }

        Volatile.Write(ref _last, last);
        return last;
    }

    [LoggerMessage(EventId = 2021, EventName = "PoolFiguresRefused", Level = LogLevel.Error, Message = "The figures of the pools are used as they were: {Why}")]
    private static partial void Refused(ILogger logger, string why);

    private sealed record Reading(IReadOnlyDictionary<string, PoolSettings> Pools, IReadOnlyDictionary<string, LeaseTimes> Times, long ReadAt);
}
