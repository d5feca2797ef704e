using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Weir.Outbox;

/// <summary>For tests and hosts.</summary>
public static class OutboxServiceExtensions
{
    /// <summary>Returns when every message of the outbox is delivered; see <see cref="TransactionalOutbox{TDbContext}.WaitForEmptyAsync"/>.</summary>
    /// <param name="services">A host's services, or a test harness's.</param>
    /// <param name="within">The longest wait; 10 s where none is given.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="TimeoutException">Some still wait; says how many and since when.</exception>
    public static Task WaitForOutboxEmpty<TDbContext>(this IServiceProvider services, TimeSpan? within = null, CancellationToken cancel = default)
        where TDbContext : DbContext =>
        services.GetRequiredService<TransactionalOutbox<TDbContext>>().WaitForEmptyAsync(within ?? TimeSpan.FromSeconds(10), cancel);
}
