using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weir.Persistence.Faults;

namespace Weir.Persistence.Resilience;

/// <summary>Whether the database is away, for whoever must not take its absence for a fault of the work: endpoints stand still meanwhile.</summary>
public static class StoreAvailability
{
    /// <summary>Whether an exception means that the database cannot be reached or takes nothing now; never true for a fault of the work.</summary>
    public static bool IsAway(Exception fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return FaultJudge.Judge(fault).Category is FaultCategory.ConnectionLost or FaultCategory.ServerUnavailable or FaultCategory.ServerFull;
    }

    /// <summary>One look at the database; throws while it is away.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task ProbeAsync(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<WeirDbContext>().Database.ExecuteSqlRawAsync("SELECT 1", cancel);
    }
}
