using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Core.Invariants;
using Weir.Orchestrator.Upkeep;
using Weir.Orchestrator.Waking;
using Weir.Persistence.Faults;
using Weir.Persistence.Resilience;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;

namespace Weir.Orchestrator.Planning;

/// <summary>
/// Looks at everything when woken or when a period is over: the era, what is due, then each pool. A look that fails is taken again
/// after a period; nothing it began is half done, for each step is a transaction.
/// </summary>
internal sealed class PlannerLoop(
    DatabaseResilience database,
    EraWatch eras,
    Sweep sweep,
    Retention retention,
    WakeSignal wake,
    StandStill still,
    IServiceProvider services,
    IOptions<OrchestratorOptions> options,
    TimeProvider clock,
    ILogger<PlannerLoop> logger) : BackgroundService
{
    private readonly Dictionary<string, PoolTurn> _pools = new(StringComparer.Ordinal);
    private ChangeMark _mark = ChangeMark.Beginning;

    /// <summary>One look.</summary>
    /// <returns>How long to wait for the next, unless woken.</returns>
    internal async Task<TimeSpan> LookAsync(CancellationToken cancel)
    {
        var era = await eras.LookAsync(cancel);
        if (!era.MayDraw) return options.Value.Period;

        var asked = await sweep.LookAsync(cancel);
        await FindPoolsAsync(cancel);
        var next = asked == options.Value.SweepMax ? TimeSpan.Zero : options.Value.Period;
        foreach (var (name, pool) in _pools)
            if (await TurnAsync(name, pool, cancel) is { } sooner && sooner < next)
                next = sooner;
        await retention.LookAsync(cancel);
        still.Looked(_pools.Keys, _mark, next == options.Value.Period && _pools.Values.All(pool => pool.NothingWaits));
        return next;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isCalled = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var next = !isCalled && await still.HoldsAsync(stoppingToken) ? options.Value.Period : await TryLookAsync(stoppingToken);
                isCalled = next == TimeSpan.Zero || await wake.WaitAsync(next, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break; // the host stops
            }
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await database.RunAsync(
                "planner.leave",
                (unit, token) => unit.Services.GetRequiredService<PoolStore>().LeaveTurnsAsync(options.Value.Replica, token),
                cancellationToken);
        }
        catch (DatabaseFaultException e)
        {
            OrchestratorLog.LookFailed(logger, e.Message, e); // the turn ends by itself
        }
    }

    private async Task<TimeSpan> TryLookAsync(CancellationToken cancel)
    {
        still.Looked([], _mark, nothingWaits: false);
        try
        {
            return await LookAsync(cancel);
        }
        catch (InvariantViolatedException e)
        {
            OrchestratorLog.InvariantBroken(logger, e);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            OrchestratorLog.LookFailed(logger, e.Message, e);
        }

        return options.Value.Period;
    }

    private async Task FindPoolsAsync(CancellationToken cancel)
    {
        var (names, mark) = await database.RunAsync(
            "pools.find",
            async (unit, token) =>
            {
                var found = await unit.Services.GetRequiredService<PlanningReader>().PoolsAsync(token);
                var store = unit.Services.GetRequiredService<PoolStore>();
                foreach (var name in found.Pools.Where(name => !_pools.ContainsKey(name)))
                    await store.AddAsync(name, token);
                return found;
            },
            cancel);
        foreach (var name in names)
            if (!_pools.ContainsKey(name))
                _pools.Add(name, ActivatorUtilities.CreateInstance<PoolTurn>(services, name));
        _mark = mark;
    }

    // One pool that cannot be planned keeps none of the others waiting.
    private async Task<TimeSpan?> TurnAsync(string name, PoolTurn pool, CancellationToken cancel)
    {
        try
        {
            return await pool.RunAsync(cancel);
        }
        catch (PoolSettingsRefusedException e)
        {
            OrchestratorLog.SettingsRefused(logger, name, e);
            return null;
        }
    }
}
