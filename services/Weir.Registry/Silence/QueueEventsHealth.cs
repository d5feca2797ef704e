using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Weir.Registry.Silence;

/// <summary>Says whether dead processes are found at once. Not knowing makes failover slower, not wrong, so it is never red.</summary>
internal sealed class QueueEventsHealth(QueuePresence queues, CanaryState canary, MonotonicClock clock) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy(
            queues.IsTold switch
            {
                true => "the broker tells of queues that are gone",
                false => "the broker does not tell of queues that are gone: a dead process is found by its silence alone",
                null => "the broker was not asked yet",
            },
            new Dictionary<string, object>(StringComparer.Ordinal) { ["queueEvents"] = queues.IsTold ?? false, ["canaryGood"] = canary.Now.IsGood(clock.Now) }));
}
