using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weir.Core.Assignments;
using Weir.Core.Consistency;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Orchestrator.Planning;
using Weir.Orchestrator.Writing;
using Weir.Persistence.Resilience;
using Weir.Persistence.Stores;

namespace Weir.Orchestrator.Upkeep;

/// <summary>Gives a worker that registered again what it had: kept at a new epoch, or started there again. No plan is needed for it.</summary>
internal sealed class Regranting(DatabaseResilience database, ILogger<Regranting> logger)
{
    /// <returns>How many rows changed.</returns>
    internal async Task<int> RunAsync(PoolState state, CancellationToken cancel)
    {
        var changed = 0;
        foreach (var worker in state.Streams.Where(stream => Concerns(state, stream)).GroupBy(stream => stream.Row.Worker).ToList())
        {
            var regranted = 0;
            var newest = state.Newest(worker.Key)!.Value;
            foreach (var slice in worker.Select(stream => stream.Id).Chunk(AssignmentStore.SliceMax))
                regranted += await RegrantAsync(state, slice, newest.Incarnation, cancel);
            if (regranted > 0) OrchestratorLog.Regranted(logger, worker.Key.Value, newest.Incarnation.Value, regranted);
            changed += regranted;
        }

        return changed;
    }

    /// <summary>Whether a row belongs to an earlier life of a worker that lives.</summary>
    internal static bool Concerns(PoolState state, StreamEntry stream) =>
        stream is { HasRow: true, Row.State: not AssignmentState.Unowned } && state.Newest(stream.Row.Worker) is { } newest && Regrants.Concerns(stream.Row, newest);

    private Task<int> RegrantAsync(PoolState state, StreamId[] streams, Incarnation incarnation, CancellationToken cancel) => database.RunAsync(
        "assignments.regrant",
        async (unit, token) =>
        {
            var era = await unit.Services.GetRequiredService<EraStore>().ReadAsync(token);
            if (!era.MayDraw) return 0;
            var rows = await unit.Services.GetRequiredService<AssignmentLocks>().TakeAsync(streams, token);
            var lives = (await unit.Services.GetRequiredService<LeaseStore>().FindAsync([.. rows.Select(row => row.Incarnation).Append(incarnation).Distinct()], token))
                .ToDictionary(lease => lease.Incarnation);
            if (rows.Count == 0 || !lives.TryGetValue(incarnation, out var newest)) return 0;

            var held = await unit.Db.Observations.AsNoTracking().Where(seen => seen.Incarnation == incarnation && streams.Contains(seen.Stream))
                .ToDictionaryAsync(seen => seen.Stream, seen => new Holding(seen.Stream, seen.Epoch, seen.Stopping), token);
            var drawn = await unit.Services.GetRequiredService<EpochCounter>().DrawAsync(rows.Count, token);
            var context = new GrantContext(era.Row, state.Settings.Lease(), Epoch.None, await unit.Services.GetRequiredService<DatabaseClock>().NowAsync(token));
            var changes = unit.Services.GetRequiredService<RowChanges>();
            for (var i = 0; i < rows.Count; i++)
            {
                LeaseRow? owner = lives.TryGetValue(rows[i].Incarnation, out var lease) ? lease : null;
                Holding? holding = held.TryGetValue(rows[i].Stream, out var found) ? found : null;
                var command = Regrants.Decide(rows[i].ToRow(), owner, newest, holding, context with { Drawn = drawn[i] }, out var regranted);
                changes.Add(rows[i], regranted, command);
            }

            return (await changes.SaveAsync(version: null, token)).Count;
        },
        cancel);
}
