using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weir.Contracts.Planning;
using Weir.Contracts.Workers;
using Weir.Core.Leases;
using Weir.Persistence.Resilience;
using Weir.Persistence.Stores;

namespace Weir.Registry.Silence;

/// <summary>Writes silences down, and with the rows that a worker is suspect or lost. A renewal in between wins, and then nothing is told.</summary>
internal sealed class SilenceWriting(DatabaseResilience database, RegistryMetrics metrics, ILogger<SilenceWriting> logger)
{
    internal Task WriteAsync(Look look, IReadOnlyList<(WatchedLease Lease, QuietMark Mark)> marks, CancellationToken cancel) =>
        database.RunAsync("leases.mark", (unit, token) => WriteAsync(unit, look, marks, token), cancel);

    private async Task WriteAsync(UnitOfWork unit, Look look, IReadOnlyList<(WatchedLease Lease, QuietMark Mark)> marks, CancellationToken cancel)
    {
        var judged = marks.ToDictionary(one => one.Mark.Incarnation);
        var facts = unit.Services.GetRequiredService<IPublishEndpoint>();
        var pools = new HashSet<string>(StringComparer.Ordinal);
        foreach (var written in await unit.Services.GetRequiredService<LeaseStore>().MarkAsync([.. marks.Select(one => one.Mark)], cancel))
        {
            var (lease, mark) = judged[written.Incarnation];
            var times = look.TimesOf(lease);
            var (worker, incarnation) = (lease.Row.Worker.Value, lease.Row.Incarnation.Value);
            if (written.FencedNow)
            {
                var reason = Reason(lease.Row, mark, times);
                metrics.Lost(reason.ToString());
                RegistryLog.Lost(logger, worker, incarnation, reason.ToString(), mark.Quiet.TotalMilliseconds);
                await facts.Publish(new WorkerLost(lease.Pool, worker, incarnation, reason), cancel);
                pools.Add(lease.Pool);
            }
            else if (!written.Fenced && written.Quiet >= times.Suspect && written.QuietBefore < times.Suspect)
            {
                RegistryLog.Suspected(logger, worker, incarnation, mark.Quiet.TotalMilliseconds);
                await facts.Publish(new WorkerSuspected(lease.Pool, worker, incarnation, (long)mark.Quiet.TotalMilliseconds), cancel);
                pools.Add(lease.Pool);
            }
            else if (written.Fenced)
            {
                // A fenced lease has been quiet for longer: streams that wait for it may have their turn now.
                pools.Add(lease.Pool);
            }
        }

        foreach (var pool in pools) await facts.Publish(new PoolChanged(pool), cancel);
    }

    private static LossReason Reason(in LeaseRow row, in QuietMark mark, LeaseTimes times) =>
        row.CommandsUnread ? LossReason.CommandsUnread : mark.Quiet < times.FenceAfter ? LossReason.ProcessDied : LossReason.Silent;
}
