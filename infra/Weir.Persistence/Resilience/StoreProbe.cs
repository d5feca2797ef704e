using Microsoft.EntityFrameworkCore;
using Weir.Persistence.Faults;

namespace Weir.Persistence.Resilience;

/// <summary>What the bus asks of the store, so that endpoints stand still while it is away and no message fails for that.</summary>
public sealed class StoreProbe(DatabaseResilience database)
{
    /// <summary>Whether an exception means that the database cannot be reached now; never true for a fault of the data or the code.</summary>
    public static bool IsAway(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return FaultJudge.Judge(exception).Category is FaultCategory.ConnectionLost or FaultCategory.ServerUnavailable or FaultCategory.ServerFull;
    }

    /// <summary>One look; throws as long as the database is away.</summary>
    public Task LookAsync(CancellationToken cancel) =>
        database.RunAsync(new DatabaseCall("store.probe") { ReadsOnly = true }, (unit, token) => unit.Db.Database.ExecuteSqlRawAsync("SELECT 1", token), cancel);
}
