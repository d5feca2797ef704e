using Microsoft.EntityFrameworkCore;

namespace Weir.Persistence.Stores;

/// <summary>Writes tables <c>pools</c> and <c>planner_turn</c>; Orchestrator's alone.</summary>
public sealed class PoolStore(WeirDbContext db)
{
    private static readonly SqlPair Add = new(
        "INSERT INTO pools (pool, version, settings) VALUES (@pool, 0, '{}') ON CONFLICT (pool) DO NOTHING RETURNING pool",
        "INSERT INTO pools (pool, version, settings) VALUES (@pool, 0, '{}') ON CONFLICT (pool) DO NOTHING RETURNING pool");

    private static readonly SqlPair Advance = new(
        "UPDATE pools SET version = @version + 1 WHERE pool = @pool AND version = @version RETURNING version",
        "UPDATE pools SET version = @version + 1 WHERE pool = @pool AND version = @version RETURNING version");

    private static readonly SqlPair Turn = new(
        """
        INSERT INTO planner_turn (pool, holder, until) VALUES (@pool, @holder, clock_timestamp() + @ms * interval '1 millisecond')
        ON CONFLICT (pool) DO UPDATE SET holder = EXCLUDED.holder, until = EXCLUDED.until
        WHERE planner_turn.holder = EXCLUDED.holder OR planner_turn.until < clock_timestamp() OR planner_turn.until > clock_timestamp() + interval '1 minute'
        RETURNING holder
        """,
        """
        INSERT INTO planner_turn (pool, holder, until) VALUES (@pool, @holder, strftime('%Y-%m-%d %H:%M:%f', 'now', (@ms / 1000.0) || ' seconds'))
        ON CONFLICT (pool) DO UPDATE SET holder = excluded.holder, until = excluded.until
        WHERE planner_turn.holder = excluded.holder OR planner_turn.until < strftime('%Y-%m-%d %H:%M:%f', 'now')
        RETURNING holder
        """);

    /// <summary>Makes the row of a pool that has none, with the figures of profile Fast.</summary>
    /// <returns>False when it was there.</returns>
    public async Task<bool> AddAsync(string pool, CancellationToken cancel) => (await Add.ReadAsync(db, _ => true, cancel, ("pool", pool))).Count == 1;

    /// <summary>Takes the version after <paramref name="basedOn"/> for a plan that was made from it.</summary>
    /// <returns>False when another plan was first: drop this one whole.</returns>
    public async Task<bool> TryAdvanceAsync(string pool, long basedOn, CancellationToken cancel) =>
        (await Advance.ReadAsync(db, _ => true, cancel, ("pool", pool), ("version", basedOn))).Count == 1;

    /// <summary>Takes or keeps the turn to plan a pool. It only saves double work: whoever plans without it harms nobody.</summary>
    /// <param name="pool">Which pool.</param>
    /// <param name="holder">Who asks, at most 128 characters.</param>
    /// <param name="lasts">How long, above 0.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>False while another has it.</returns>
    public async Task<bool> TryTakeTurnAsync(string pool, string holder, TimeSpan lasts, CancellationToken cancel) =>
        (await Turn.ReadAsync(db, _ => true, cancel, ("pool", pool), ("holder", holder), ("ms", (long)lasts.TotalMilliseconds))).Count == 1;

    /// <summary>Gives up every turn, so that another plans at once.</summary>
    public Task LeaveTurnsAsync(string holder, CancellationToken cancel) =>
        db.PlannerTurns.Where(turn => turn.Holder == holder).ExecuteDeleteAsync(cancel);

    /// <summary>The versions of some pools, those that exist.</summary>
    public async Task<IReadOnlyDictionary<string, long>> VersionsAsync(IReadOnlyCollection<string> pools, CancellationToken cancel) =>
        await db.Pools.AsNoTracking().Where(row => pools.Contains(row.Pool)).ToDictionaryAsync(row => row.Pool, row => row.Version, StringComparer.Ordinal, cancel);
}
