using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Core.Leases;
using Weir.Persistence.Faults;
using Weir.Persistence.Resilience;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;

namespace Weir.Registry.Silence;

/// <summary>Looks at the leases each period, on this replica's own clock.</summary>
internal sealed class SilenceLoop(
    DatabaseResilience database, PoolFigures figures, CanaryState canary, SilenceWatch watch, SilenceWriting writing, QueuePresence queues, TimeProvider timers, MonotonicClock clock, ILogger<SilenceLoop> logger)
    : BackgroundService
{
    private static readonly DatabaseCall Read = new("leases.watch") { ReadsOnly = true };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var every = LeaseTimes.Fast.Look;
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = Task.Delay(every, timers, stoppingToken);
            try
            {
                every = await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested && (e is DatabaseFaultException or System.Data.Common.DbException or OperationCanceledException))
            {
                watch.Failed();
                RegistryLog.LookFailed(logger, e.GetType().Name, e.Message);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await next.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One look.</summary>
    /// <returns>When to look again: the shortest period of any pool.</returns>
    internal async Task<TimeSpan> LookAsync(CancellationToken cancel)
    {
        var times = await figures.LeaseTimesAsync(cancel);
        var every = times.Values.Select(pool => pool.Look).Append(LeaseTimes.Fast.Look).Min();
        var longest = times.Values.Select(pool => pool.Ttl).Append(LeaseTimes.Fast.Ttl).Max();
        var (asked, sent) = (clock.Now, canary.Now);
        var leases = await database.RunAsync(Read, (unit, token) => unit.Services.GetRequiredService<LeaseStore>().WatchedAsync(longest, token), cancel);
        var look = new Look(asked, clock.Now, every, sent, leases, times);
        var marks = watch.Judge(look);
        if (marks.Count == 0) return every;

        await writing.WriteAsync(look, marks, cancel);
        foreach (var (lease, mark) in marks)
            if (mark.Fence) queues.Done(lease.Row.Worker.Value, lease.Row.Process);
        return every;
    }
}
