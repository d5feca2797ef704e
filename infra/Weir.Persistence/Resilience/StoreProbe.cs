using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weir.Persistence.Faults;

namespace Weir.Persistence.Resilience;

/// <summary>What the bus asks of the store, so that endpoints stand still while it is away and no message fails for that.</summary>
public sealed class StoreProbe(IServiceScopeFactory scopes)
{
    /// <summary>Whether an exception means that the database cannot be reached now; never true for a fault of the data or the code.</summary>
    public static bool IsAway(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return FaultJudge.Judge(exception).Category is FaultCategory.ConnectionLost or FaultCategory.ServerUnavailable or FaultCategory.ServerFull;
    }

    /// <summary>One look, without the retry ladder, for whoever asks looks again; throws as long as the database is away.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<WeirDbContext>().Database.ExecuteSqlRawAsync("SELECT 1", cancel);
    }
}
