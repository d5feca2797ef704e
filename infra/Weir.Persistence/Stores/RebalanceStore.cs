using Microsoft.EntityFrameworkCore;

namespace Weir.Persistence.Stores;

/// <summary>Writes table <c>rebalances</c>: requests for a plan, from their acknowledgement to the plan. Orchestrator's alone.</summary>
public sealed class RebalanceStore(WeirDbContext db)
{
    /// <summary>The longest pool's name and key that are kept, in characters.</summary>
    public static (int Pool, int Key) Widest => (Maps.Widths.Pool, Maps.Widths.Key);

    /// <summary>How many requests may wait, of all pools together. Anybody may name any pool: those that nobody plans must not fill the table.</summary>
    public const int WaitingMax = 10_000;

    private static readonly SqlPair Add = new(Insert("now()"), Insert("strftime('%Y-%m-%d %H:%M:%f', 'now')"));

    /// <summary>Keeps a request until a plan names it; asking again under its key changes nothing.</summary>
    /// <returns>False when it is there already, or too many wait.</returns>
    public async Task<bool> AskAsync(string pool, string key, CancellationToken cancel) =>
        (await Add.ReadAsync(db, row => row.GetString(0), cancel, ("pool", pool), ("key", key), ("most", WaitingMax))).Count == 1;

    /// <summary>The plan that these asked for is written down: in its transaction.</summary>
    public Task<int> AnsweredAsync(string pool, IReadOnlyCollection<string> keys, CancellationToken cancel) =>
        db.Rebalances.Where(row => row.Pool == pool && keys.Contains(row.Key)).ExecuteDeleteAsync(cancel);

    /// <summary>Forgets requests that nobody planned for.</summary>
    public Task<int> ForgetAsync(DateTime before, CancellationToken cancel) => db.Rebalances.Where(row => row.AskedAt < before).ExecuteDeleteAsync(cancel);

    private static string Insert(string now) => $"""
        INSERT INTO rebalances (pool, key, asked_at) SELECT @pool, @key, {now}
        WHERE (SELECT count(*) FROM rebalances) < @most ON CONFLICT (pool, key) DO NOTHING RETURNING key
        """;
}
