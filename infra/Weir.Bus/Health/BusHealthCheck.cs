using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Weir.Bus.Store;

namespace Weir.Bus.Health;

/// <summary>
/// Red while any endpoint is not consuming, or nobody can reach the broker. The transport itself says no more than
/// "degraded" as long as one endpoint of a bus is well, and its idle one always is. Yellow while the store is away.
/// </summary>
internal sealed class BusHealthCheck(string bus, IBusControl control, BusConnections connections, StoreGate store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var endpoints = control.CheckHealth().Endpoints;
        var red = endpoints.Where(endpoint => endpoint.Value.Status != BusHealthStatus.Healthy).Select(endpoint => endpoint.Key).Order(StringComparer.Ordinal).ToList();
        if (connections.Of(bus)?.Refusal is { } untrusted)
            return HealthCheckResult.Unhealthy(untrusted);
        if (red.Count > 0)
            return HealthCheckResult.Unhealthy($"not consuming: {string.Join(", ", red)}");
        // Endpoints that consume have a connection; a process that only sends may have none yet, so the broker is asked.
        if (endpoints.Count <= 1 && connections.Of(bus) is { } broker && !await broker.IsThereAsync(cancellationToken))
            return HealthCheckResult.Unhealthy($"no broker answers at {broker.Target}");
        return store.IsShut ? HealthCheckResult.Degraded("the store is away: endpoints stand still") : HealthCheckResult.Healthy($"{endpoints.Count} endpoints");
    }
}
