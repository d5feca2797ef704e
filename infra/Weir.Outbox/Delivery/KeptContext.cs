using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Weir.Outbox.Delivery;

/// <summary>
/// The context and the open connection that one look leaves to the next: a look that was woken by a commit is on the message's way,
/// and a fresh context and a connection that has just been reset cost it half a millisecond. Thrown away when a look failed.
/// </summary>
internal sealed class KeptContext<TDbContext>(IServiceScopeFactory scopes) : IAsyncDisposable
    where TDbContext : DbContext
{
    private AsyncServiceScope? _scope;

    public async Task<TDbContext> OpenAsync(CancellationToken cancel)
    {
        if (_scope is { } kept) return kept.ServiceProvider.GetRequiredService<TDbContext>();

        var scope = scopes.CreateAsyncScope();
        _scope = scope;
        var db = scope.ServiceProvider.GetRequiredService<TDbContext>();
        await db.Database.OpenConnectionAsync(cancel);
        return db;
    }

    public async ValueTask DisposeAsync()
    {
        if (_scope is not { } scope) return;

        _scope = null;
        await scope.DisposeAsync();
    }
}
