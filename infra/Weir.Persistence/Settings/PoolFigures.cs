using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Core.Leases;
using Weir.Persistence.Resilience;
using Weir.Persistence.Stores;

namespace Weir.Persistence.Settings;

/// <summary>
/// The pools' own figures as a process keeps them, read again when they are older than <see cref="DatabaseOptions.PoolFiguresFor"/>.
/// One a process, thread-safe. A pool without a row has <see cref="PoolSettings.Default"/>; one whose row cannot be used keeps what it
/// had, and where it had nothing whoever asks for it is refused.
/// </summary>
public sealed partial class PoolFigures(DatabaseResilience database, IOptions<DatabaseOptions> options, TimeProvider clock, ILogger<PoolFigures> logger)
{
    private static readonly DatabaseCall Call = new("pools.figures") { ReadsOnly = true };

    private Reading? _last;

    /// <summary>One pool's figures; where they are too old a unit of work of its own reads them.</summary>
    /// <param name="pool">Which pool.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="PoolSettingsRefusedException">The pool's row holds what cannot be used, and nothing was read before it did.</exception>
    public async ValueTask<PoolSettings> OfAsync(string pool, CancellationToken cancel) =>
        IsFresh(out var last) ? last.Of(pool) : (await ReadAsync(cancel)).Of(pool);

    /// <summary>The same inside a transaction that is open, which reads them where they are too old.</summary>
    /// <param name="pool">Which pool.</param>
    /// <param name="reader">The transaction's.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="PoolSettingsRefusedException">As for <see cref="OfAsync(string, CancellationToken)"/>.</exception>
    public async ValueTask<PoolSettings> OfAsync(string pool, PoolSettingsReader reader, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return IsFresh(out var last) ? last.Of(pool) : (await ReadAsync(reader, cancel)).Of(pool);
    }

    /// <summary>
    /// The figures of every pool's leases; a pool that is not among them has <see cref="LeaseTimes.Fast"/>. One whose figures are not
    /// known has the patient <see cref="LeaseTimes.Relaxed"/>: nobody is fenced before the time that may be its own.
    /// </summary>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask<IReadOnlyDictionary<string, LeaseTimes>> LeaseTimesAsync(CancellationToken cancel) =>
        IsFresh(out var last) ? last.Times : (await ReadAsync(cancel)).Times;

    private bool IsFresh([NotNullWhen(true)] out Reading? last)
    {
        last = Volatile.Read(ref _last);
        return last is not null && clock.GetElapsedTime(last.ReadAt) < options.Value.PoolFiguresFor;
    }

    private Task<Reading> ReadAsync(CancellationToken cancel) =>
        database.RunAsync(Call, (unit, token) => ReadAsync(unit.Services.GetRequiredService<PoolSettingsReader>(), token), cancel);

    private async Task<Reading> ReadAsync(PoolSettingsReader reader, CancellationToken cancel)
    {
        var at = clock.GetTimestamp();
        var before = Volatile.Read(ref _last);
        var (read, refused) = await reader.ReadAsync(cancel);
        var pools = new Dictionary<string, PoolSettings>(read, StringComparer.Ordinal);
        var unknown = new Dictionary<string, PoolSettingsRefusedException>(StringComparer.Ordinal);
        foreach (var (pool, why) in refused)
        {
            // One row that cannot be used must not stop the leases and the moves of all.
            Refused(logger, pool, why.Message);
            if (before?.Pools.TryGetValue(pool, out var kept) == true) pools.Add(pool, kept);
            else unknown.Add(pool, why);
        }

        var times = pools.ToDictionary(pool => pool.Key, pool => pool.Value.Lease(), StringComparer.Ordinal);
        foreach (var pool in unknown.Keys) times.Add(pool, LeaseTimes.Relaxed);
        var now = new Reading(pools, times, unknown, at);
        Volatile.Write(ref _last, now);
        return now;
    }

    [LoggerMessage(EventId = 2021, EventName = "PoolFiguresRefused", Level = LogLevel.Error, Message = "The figures of pool {Pool} cannot be used, what it had before holds: {Why}")]
    private static partial void Refused(ILogger logger, string pool, string why);

    private sealed record Reading(
        IReadOnlyDictionary<string, PoolSettings> Pools, IReadOnlyDictionary<string, LeaseTimes> Times, IReadOnlyDictionary<string, PoolSettingsRefusedException> Refused, long ReadAt)
    {
        internal PoolSettings Of(string pool) => Refused.TryGetValue(pool, out var why) ? throw why : Pools.GetValueOrDefault(pool, PoolSettings.Default);
    }
}
