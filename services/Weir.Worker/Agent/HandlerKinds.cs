using Microsoft.Extensions.DependencyInjection;

namespace Weir.Worker.Agent;

/// <summary>Which handler runs which kind of stream. A run has a scope of services of its own.</summary>
internal sealed class HandlerKinds(IServiceScopeFactory scopes, IEnumerable<HandlerKind> kinds)
{
    private readonly Dictionary<string, Type> _handlers = kinds.ToDictionary(kind => kind.Kind, kind => kind.Handler, StringComparer.Ordinal);

    internal bool Knows(string kind) => _handlers.ContainsKey(kind);

    internal IEnumerable<string> Names => _handlers.Keys;

    internal async Task RunAsync(StreamLease lease, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var handler = (IStreamHandler)scope.ServiceProvider.GetRequiredService(_handlers[lease.Stream.Kind]);
        var running = handler.RunAsync(lease, stop);
        lease.HasBegun = true;
        await running;
    }
}
