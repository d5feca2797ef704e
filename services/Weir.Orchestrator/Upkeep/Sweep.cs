using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Weir.Core.Assignments;
using Weir.Core.Leases;
using Weir.Orchestrator.Writing;
using Weir.Persistence.Resilience;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;

namespace Weir.Orchestrator.Upkeep;

/// <summary>Asks again where no answer came in time, and takes the owner out of held rows once it can no longer act. Any replica does it; rows that another has are left to it. A deadline asks, it never grants.</summary>
internal sealed class Sweep(DatabaseResilience database, PoolFigures figures, IOptions<OrchestratorOptions> options)
{
    /// <returns>How many rows were asked about; when it is the most one look takes, there may be more.</returns>
    internal Task<int> LookAsync(CancellationToken cancel) => database.RunAsync(
        "assignments.sweep",
        async (unit, token) =>
        {
            var due = await unit.Services.GetRequiredService<AssignmentLocks>().TakeDueAsync(options.Value.SweepMax, token);
            if (due.Count == 0) return 0;
            var now = await unit.Services.GetRequiredService<DatabaseClock>().NowAsync(token);
            var lives = (await unit.Services.GetRequiredService<LeaseStore>().FindAsync([.. due.Select(row => row.Incarnation).Distinct()], token))
                .ToDictionary(lease => lease.Incarnation);
            var changes = unit.Services.GetRequiredService<RowChanges>();
            var settings = unit.Services.GetRequiredService<PoolSettingsReader>();
            foreach (var row in due)
            {
                LeaseRow? owner = lives.TryGetValue(row.Incarnation, out var life) ? life : null;
                var times = row.Hold == StreamHold.None ? null : await TimesAsync(row.Pool, settings, token);
                var command = times is not null && Holds.TryFree(row.ToRow(), owner, times, out var next) ? default : Asking.Again(row.ToRow(), owner, now, out next);
                changes.Add(row, next, command);
            }

            await changes.SaveAsync(version: null, token);
            return due.Count;
        },
        cancel);

    // A pool whose settings cannot be used keeps none of the others waiting; its own turn says so.
    private async Task<LeaseTimes?> TimesAsync(string pool, PoolSettingsReader settings, CancellationToken cancel)
    {
        try
        {
            return (await figures.OfAsync(pool, settings, cancel)).Lease();
        }
        catch (PoolSettingsRefusedException)
        {
            return null;
        }
    }
}
