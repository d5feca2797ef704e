using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Persistence.Faults;
using Weir.Persistence.Resilience;
using Weir.Persistence.Stores;

namespace Weir.Diagnostics.Owners;

/// <summary>Forgets who had a stream after its time, a bounded number a look. Any replica may do it.</summary>
internal sealed class OwnersCleanup(DatabaseResilience database, IOptions<DiagnosticsOptions> options, TimeProvider clock, ILogger<OwnersCleanup> logger) : BackgroundService
{
    private const int BatchMax = 1_000;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>One look.</summary>
    /// <returns>How many rows are gone.</returns>
    internal Task<int> CleanAsync(CancellationToken cancel) => database.RunAsync(
        "owners.forget",
        (unit, token) => unit.Services.GetRequiredService<OwnerStore>().ForgetAsync(clock.GetUtcNow().UtcDateTime - options.Value.OwnersKept, BatchMax, token),
        cancel);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await LookAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to end.
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        try
        {
            await CleanAsync(cancel);
        }
        catch (DatabaseFaultException fault)
        {
            DiagnosticsLog.NotForgotten(logger, fault.Message);
        }
    }
}
