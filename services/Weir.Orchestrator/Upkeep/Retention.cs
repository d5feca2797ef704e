using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Weir.Persistence.Resilience;
using Weir.Persistence.Stores;

namespace Weir.Orchestrator.Upkeep;

/// <summary>Forgets plans and ended migrations after their time, and requests for a plan that nobody made within a day, a bounded batch a look.</summary>
internal sealed class Retention(DatabaseResilience database, IOptions<OrchestratorOptions> options, TimeProvider clock)
{
    private const int BatchMax = 1_000;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan KeepRequests = TimeSpan.FromDays(1);
    private long? _lookedAt;

    // What a busy fleet ends in a minute is gone in a minute.
    private const int BatchesMax = 50;

    internal async Task LookAsync(CancellationToken cancel)
    {
        if (_lookedAt is { } at && clock.GetElapsedTime(at) < Every) return;
        _lookedAt = clock.GetTimestamp();
        for (var batch = 0; batch < BatchesMax; batch++)
            if (await ForgetAsync(cancel) < BatchMax) return;
    }

    /// <returns>How many rows of the fuller table are gone.</returns>
    private Task<int> ForgetAsync(CancellationToken cancel) => database.RunAsync(
        "history.forget",
        async (unit, token) =>
        {
            var now = DateTime.UnixEpoch + await unit.Services.GetRequiredService<DatabaseClock>().NowAsync(token);
            await unit.Services.GetRequiredService<RebalanceStore>().ForgetAsync(now - KeepRequests, token);
            var before = now - options.Value.KeepHistory;
            var moves = await unit.Db.Migrations.Where(move => move.EndedAt < before).OrderBy(move => move.CorrelationId).Take(BatchMax)
                .Select(move => move.CorrelationId).ToListAsync(token);
            await unit.Db.Migrations.Where(move => moves.Contains(move.CorrelationId)).ExecuteDeleteAsync(token);
            var oldest = await unit.Db.Plans.Where(plan => plan.MadeAt < before).OrderBy(plan => plan.MadeAt).Take(BatchMax)
                .Select(plan => (DateTime?)plan.MadeAt).MaxAsync(token);
            if (oldest is not { } until) return moves.Count;
            var plans = await unit.Db.Plans.Where(plan => plan.MadeAt <= until && plan.MadeAt < before).ExecuteDeleteAsync(token);
            return Math.Max(moves.Count, plans);
        },
        cancel);
}
