namespace Weir.Persistence.Stores;

/// <summary>
/// Lets one transaction after another work on what has one name, a request's or a worker's, whether it has a row yet or not. Held until
/// the transaction ends. On SQLite units of work follow one another anyway.
/// </summary>
internal static class RequestTurn
{
    private static readonly SqlPair Take = new("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(@name, 0))", "SELECT 1");

    internal static Task TakeAsync(WeirDbContext db, string name, CancellationToken cancel) => Take.ReadAsync(db, row => row.GetInt32(0), cancel, ("name", name));
}
