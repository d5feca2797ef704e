using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weir.Contracts.Holdings;
using Weir.Core.Eras;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Bus.Sending;
using Weir.Orchestrator.Writing;
using Weir.Persistence.Resilience;
using Weir.Persistence.Rows;
using Weir.Persistence.Stores;

namespace Weir.Orchestrator.Upkeep;

/// <summary>
/// This replica's watch over the life of the database: begins a new era when it is another one, asks every live worker what it holds,
/// opens the era when all have said it, and counts its age on the monotonic clock. Used by one loop.
/// </summary>
internal sealed class EraWatch(DatabaseResilience database, TimeProvider clock, ILogger<EraWatch> logger)
{
    private const int AskMax = 5_000;
    private static readonly DateTime Beginning = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AgeStep = TimeSpan.FromSeconds(1);

    // No stream is granted to run on its own for longer: an older era has nothing left to wait for.
    private static readonly TimeSpan AgeMax = TimeSpan.FromDays(1);

    private Epoch _seen;
    private long _since;
    private long? _askedAt;

    /// <summary>One look. What it returns is good until the next transaction, which compares again.</summary>
    internal Task<EraReading> LookAsync(CancellationToken cancel) => database.RunAsync(
        "era.look",
        async (unit, token) =>
        {
            var store = unit.Services.GetRequiredService<EraStore>();
            var reading = await store.ReadAsync(token);
            if (!EraChange.IsKnown(reading.Row, reading.Actual)) reading = await BeginAsync(unit, store, reading, token);
            Count(reading.Row);
            if (reading.Row.Phase == EraPhase.Collecting) return await CollectAsync(unit, store, reading, token);
            await RaiseAsync(unit, reading, token);
            return await AgeAsync(store, reading, token);
        },
        cancel);

    private async Task<EraReading> BeginAsync(UnitOfWork unit, EraStore store, EraReading reading, CancellationToken cancel)
    {
        var drawn = await unit.Services.GetRequiredService<EpochCounter>().HighestAsync(cancel);
        var since2026 = (long)(clock.GetUtcNow().UtcDateTime - Beginning).TotalMilliseconds;
        var next = EraChange.Begin(reading.Row, reading.Actual, drawn, await ReportedAsync(unit, cancel), since2026);
        if (!await store.ReplaceAsync(reading.Row, next, cancel)) return await store.ReadAsync(cancel);
        OrchestratorLog.EraBegan(logger, next.Began.Value, reading.Row.Began.Value);
        return reading with { Row = next };
    }

    private void Count(in EraRow row)
    {
        if (_seen == row.Began) return;
        (_seen, _since) = (row.Began, clock.GetTimestamp());
    }

    private async Task<EraReading> CollectAsync(UnitOfWork unit, EraStore store, EraReading reading, CancellationToken cancel)
    {
        var era = reading.Row;
        var unlisted = await unit.Db.Leases.AsNoTracking()
            .Where(lease => lease.State == LeaseState.Live && lease.ListedIn != era.Began).OrderBy(lease => lease.Incarnation).Take(AskMax).ToListAsync(cancel);
        if (unlisted.Count == 0)
        {
            var open = EraChange.Open(era, 0);
            if (!await store.ReplaceAsync(era, open, cancel)) return await store.ReadAsync(cancel);
            OrchestratorLog.EraOpened(logger, era.Began.Value);
            return reading with { Row = open };
        }

        if (_askedAt is { } at && clock.GetElapsedTime(at) < AskEvery) return reading;
        _askedAt = clock.GetTimestamp();
        var commands = unit.Services.GetRequiredService<WorkerCommands>();
        foreach (var lease in unlisted)
            await commands.SendAsync(
                CommandSender.QueueOf(lease.Worker, lease.Process), new ReportHoldings(lease.Worker.Value, lease.Incarnation.Value, era.Began.Value), cancel);
        return reading;
    }

    // A worker named an epoch that these tables never drew: they lost history, and the wall clock did not show it.
    private static async Task RaiseAsync(UnitOfWork unit, EraReading reading, CancellationToken cancel)
    {
        var reported = await ReportedAsync(unit, cancel);
        if (reported <= reading.Row.Began) return;
        var counter = unit.Services.GetRequiredService<EpochCounter>();
        var drawn = await counter.HighestAsync(cancel);
        if (EraChange.Raise(drawn, reported) > drawn) await counter.RaiseAsync(reported, cancel);
    }

    private async Task<EraReading> AgeAsync(EraStore store, EraReading reading, CancellationToken cancel)
    {
        var aged = EraChange.Aged(reading.Row, _seen, clock.GetElapsedTime(_since));
        if (reading.Row.Quiet >= AgeMax || aged.Quiet - reading.Row.Quiet < AgeStep + reading.Row.Quiet / 20) return reading;
        return await store.ReplaceAsync(reading.Row, aged, cancel) ? reading with { Row = aged } : reading;
    }

    private static async Task<Epoch> ReportedAsync(UnitOfWork unit, CancellationToken cancel) =>
        await unit.Db.HighestEpochs.AsNoTracking().Where(row => row.Id == StoredHighestEpoch.TheOnly).Select(row => row.Reported).SingleOrDefaultAsync(cancel);
}
