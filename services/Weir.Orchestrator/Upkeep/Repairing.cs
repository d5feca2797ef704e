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
using Weir.Persistence.Rows;
using Weir.Persistence.Stores;

namespace Weir.Orchestrator.Upkeep;

/// <summary>
/// Compares what a life of a worker listed with rows read again, and sends again what the rows say. A listing may be older than the
/// rows: what is sent for it then is what the worker has already, and its gate answers so.
/// </summary>
internal sealed class Repairing(DatabaseResilience database, ILogger<Repairing> logger)
{
    // Streams of one life that one transaction looks at: a worker with more is done in several.
    private const int SliceMax = AssignmentStore.SliceMax;

    /// <returns>How many streams differed.</returns>
    internal async Task<int> RunAsync(PoolState state, LeaseRow lease, CancellationToken cancel)
    {
        var listed = await database.RunAsync(
            new DatabaseCall("holdings.read") { ReadsOnly = true },
            (unit, token) => unit.Db.Observations.AsNoTracking().Where(seen => seen.Incarnation == lease.Incarnation).ToListAsync(token),
            cancel);
        var holdings = listed.ToDictionary(seen => seen.Stream, seen => new Holding(seen.Stream, seen.Epoch, seen.Stopping));
        var owned = state.Streams
            .Where(stream => stream is { HasRow: true, Row.State: AssignmentState.Owned } && stream.Row.Incarnation == lease.Incarnation && !holdings.ContainsKey(stream.Id))
            .Select(stream => stream.Id);
        var differed = 0;
        foreach (var slice in holdings.Keys.Concat(owned).Order().Chunk(SliceMax))
            differed += await RepairAsync(state, lease.Incarnation, slice, holdings, cancel);
        if (differed > 0) OrchestratorLog.Repaired(logger, lease.Worker.Value, lease.Incarnation.Value, differed);
        return differed;
    }

    private Task<int> RepairAsync(
        PoolState state, Incarnation incarnation, StreamId[] streams, Dictionary<StreamId, Holding> holdings, CancellationToken cancel) => database.RunAsync(
        "assignments.repair",
        async (unit, token) =>
        {
            var era = await unit.Services.GetRequiredService<EraStore>().ReadAsync(token);
            if (!era.MayDraw || await unit.Services.GetRequiredService<LeaseStore>().FindAsync([incarnation], token) is not [var lease]) return 0;
            var rows = (await unit.Services.GetRequiredService<AssignmentLocks>().TakeAsync(streams, token)).ToDictionary(row => row.Stream);
            var drawn = await unit.Services.GetRequiredService<EpochCounter>().DrawAsync(streams.Length, token);
            var context = new GrantContext(era.Row, state.Settings.Lease(), Epoch.None, await unit.Services.GetRequiredService<DatabaseClock>().NowAsync(token));
            var changes = unit.Services.GetRequiredService<RowChanges>();
            var differed = 0;
            for (var i = 0; i < streams.Length; i++)
            {
                Holding? holding = holdings.TryGetValue(streams[i], out var held) ? held : null;
                if (RepairOne(changes, rows.GetValueOrDefault(streams[i]), streams[i], lease, holding, context with { Drawn = drawn[i] })) differed++;
            }

            await changes.SaveAsync(version: null, token);
            return differed;
        },
        cancel);

    private static bool RepairOne(RowChanges changes, StoredAssignment? stored, StreamId stream, LeaseRow lease, Holding? holding, GrantContext context)
    {
        AssignmentRow? row = stored?.ToRow();
        var finding = Repairs.Check(row, lease.Incarnation, holding);
        if (finding == FindingKind.None) return false;
        if (stored is null || row is not { } known)
        {
            // No row at all: nothing grants it, and its epoch comes from nowhere we know.
            if (lease.State == LeaseState.Live)
                changes.Send(new StreamCommand(CommandKind.Release, lease.Worker, lease.Incarnation, stream, holding!.Value.Epoch, StreamClass.Unfenced, TimeSpan.Zero));
            return true;
        }

        if (finding == FindingKind.NotGranted && Regrants.Concerns(known, lease)) return false;
        var command = Repairs.Decide(known, lease, holding, context, out var repaired);
        changes.Add(stored, repaired, command);
        return true;
    }
}
