using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Persistence.Faults;
using Weir.Persistence.Resilience;
using Weir.Persistence.Stores;

namespace Weir.Registry.Upkeep;

/// <summary>Deletes what the tables no longer need, step by step, each a bounded statement. Any number of replicas may do it at once.</summary>
internal sealed class CleanupLoop(DatabaseResilience database, IOptions<RegistryOptions> options, TimeProvider clock, ILogger<CleanupLoop> logger) : BackgroundService
{
    // What many requests left behind is gone after one clean-up; more than that waits for the next.
    private const int RepeatsMax = 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(options.Value.CleanupEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (!stoppingToken.IsCancellationRequested) await CleanAsync(stoppingToken);
            }
            catch (Exception e) when (e is DatabaseFaultException or System.Data.Common.DbException or OperationCanceledException)
            {
                if (!stoppingToken.IsCancellationRequested) RegistryLog.CleanupFailed(logger, e.GetType().Name, e.Message);
            }
        }
    }

    /// <summary>One clean-up.</summary>
    /// <returns>How many rows are gone.</returns>
    internal async Task<int> CleanAsync(CancellationToken cancel)
    {
        var gone = 0;
        for (var step = 0; step < RegisterCleanup.StepCount; step++)
        {
            var at = step;
            for (var repeat = 0; repeat < RepeatsMax; repeat++)
            {
                var rows = await database.RunAsync(
                    "register.clean", (unit, token) => unit.Services.GetRequiredService<RegisterCleanup>().RunAsync(at, options.Value.CleanupRowsMax, token), cancel);
                gone += rows;
                if (rows < options.Value.CleanupRowsMax) break;
            }
        }

        return gone;
    }
}
