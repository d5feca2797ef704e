using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weir.Contracts.Planning;
using Weir.Contracts.Workers;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Persistence.Resilience;
using Weir.Persistence.Stores;

namespace Weir.Registry.Beats;

/// <summary>
/// What else a beat that counted changes, in its transaction: a suspect is back, a worker with stuck handlers is cordoned, a draining one
/// is empty. Of a fleet in good order there is nothing to write.
/// </summary>
internal sealed class BeatChanges(ILogger<BeatChanges> logger)
{
    internal async Task WriteAsync(
        UnitOfWork unit, IReadOnlyList<RenewedLease> renewed, Dictionary<Incarnation, HeardBeat> beats, IReadOnlyDictionary<string, LeaseTimes> times, CancellationToken cancel)
    {
        var pools = new HashSet<string>(StringComparer.Ordinal);
        foreach (var lease in renewed)
        {
            if (lease.Pool is not { } pool) continue;
            var beat = beats[lease.Incarnation].Reading;
            if (lease.QuietBefore >= times.GetValueOrDefault(pool, LeaseTimes.Fast).Suspect) await BackAsync(unit, lease, pool, pools, cancel);
            if (beat.Beat.Stuck > 0 && !lease.Cordoned) await CordonAsync(unit, lease, pool, pools, cancel);
            if (lease.Draining && beat.Vitals.Running == 0) await DrainedAsync(unit, lease, pool, cancel);
        }

        foreach (var pool in pools) await Facts(unit).Publish(new PoolChanged(pool), cancel);
    }

    /// <summary>The name under which it is remembered that a life's drain was told.</summary>
    internal static string DrainTold(Incarnation incarnation) => $"drained/{incarnation}";

    private static IPublishEndpoint Facts(UnitOfWork unit) => unit.Services.GetRequiredService<IPublishEndpoint>();

    private async Task BackAsync(UnitOfWork unit, RenewedLease lease, string pool, HashSet<string> pools, CancellationToken cancel)
    {
        RegistryLog.Recovered(logger, lease.Worker.Value, lease.Incarnation.Value);
        await Facts(unit).Publish(new WorkerRecovered(pool, lease.Worker.Value, lease.Incarnation.Value), cancel);
        pools.Add(pool);
    }

    private async Task CordonAsync(UnitOfWork unit, RenewedLease lease, string pool, HashSet<string> pools, CancellationToken cancel)
    {
        if (!await unit.Services.GetRequiredService<WorkerStore>().CordonAsync(lease.Worker, cancel)) return;
        RegistryLog.CordonedForStuck(logger, lease.Worker.Value);
        pools.Add(pool);
    }

    // Told once: streams may still be on their way to a worker that runs none, so the assignments are asked as well.
    private async Task DrainedAsync(UnitOfWork unit, RenewedLease lease, string pool, CancellationToken cancel)
    {
        if (!await unit.Services.GetRequiredService<WorkerStore>().IsEmptyAsync(lease.Incarnation, cancel)) return;
        if (!await unit.Services.GetRequiredService<RequestStore>().AnswerAsync(DrainTold(lease.Incarnation), nameof(WorkerDrained), "{}", cancel)) return;
        RegistryLog.Drained(logger, lease.Worker.Value, lease.Incarnation.Value);
        await Facts(unit).Publish(new WorkerDrained(pool, lease.Worker.Value, lease.Incarnation.Value), cancel);
    }
}
