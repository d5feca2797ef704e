using System.Data;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Core.Identity;
using Weir.Core.Planning;
using Weir.Orchestrator.Upkeep;
using Weir.Persistence.Resilience;
using Weir.Persistence.Stores;

namespace Weir.Orchestrator.Planning;

/// <summary>
/// One replica's turns at one pool: reads what changed, does the upkeep that comes before a plan, plans, applies. What it knows is
/// kept between turns, and thrown away with the life of the database it was read in. Used by one loop.
/// </summary>
internal sealed class PoolTurn(
    string pool,
    DatabaseResilience database,
    Cataloguing cataloguing,
    Regranting regranting,
    Repairing repairing,
    Forgetting forgetting,
    Applier applier,
    PoolAudit audit,
    OrchestratorMetrics metrics,
    IOptions<OrchestratorOptions> options,
    TimeProvider clock,
    ILoggerFactory loggers)
{
    // Cool-downs pass without a row that changes: a quiet pool is planned again after this.
    private static readonly TimeSpan PlanAtLeastEvery = TimeSpan.FromSeconds(5);
    // What the moves under way leave no room for begins as soon as they have ended.
    private static readonly TimeSpan NextWave = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan UpkeepAtLeastEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = loggers.CreateLogger<PoolTurn>();
    private readonly MigrationWatch _migrations = new(database, clock);
    private PoolState _state = new(pool, clock);
    private Listings _listings = NewListings(repairing, database, clock, loggers);
    private (long Revision, long At)? _planned;
    private (long Revision, long At)? _kept;
    private long? _turnTakenAt;
    private long? _auditedAt;
    private long? _forgotAt;
    private bool _isFinishing;

    internal PoolState State => _state;

    /// <summary>Whether time alone changes nothing here; true also while the turn is another replica's.</summary>
    internal bool NothingWaits =>
        _turnTakenAt is null || (_planned is not null && !_isFinishing && _state.OpenMoves == 0 && _listings.NothingWaits && _state.NobodyWaits);

    /// <summary>One turn, if it is this replica's.</summary>
    /// <returns>How soon the next should come, when that is before the period is over.</returns>
    internal async Task<TimeSpan?> RunAsync(CancellationToken cancel)
    {
        if (!await HasTurnAsync(cancel)) return null;
        await ReadAsync(cancel);
        if (!_state.MayDraw) return null;
        if (await KeepAsync(cancel) > 0) await ReadAsync(cancel);
        return await PlanAsync(cancel);
    }

    private async Task<bool> HasTurnAsync(CancellationToken cancel)
    {
        if (_turnTakenAt is { } at && clock.GetElapsedTime(at) < options.Value.TurnLasts / 2) return true;
        var asked = clock.GetTimestamp();
        var has = await database.RunAsync(
            "planner.turn",
            (unit, token) => unit.Services.GetRequiredService<PoolStore>().TryTakeTurnAsync(pool, options.Value.Replica, options.Value.TurnLasts, token),
            cancel);
        // Lives that registered while another planned have run since then what they could not list: they are taken as they are.
        if (has && (_turnTakenAt is not { } taken || clock.GetElapsedTime(taken) > options.Value.TurnLasts))
            _listings = NewListings(repairing, database, clock, loggers);
        _turnTakenAt = has ? asked : null;
        return has;
    }

    private static Listings NewListings(Repairing repairing, DatabaseResilience database, TimeProvider clock, ILoggerFactory loggers) =>
        new(repairing, database, clock, loggers.CreateLogger<Listings>());

    private async Task ReadAsync(CancellationToken cancel)
    {
        var isAudit = _auditedAt is { } at && clock.GetElapsedTime(at) >= options.Value.AuditEvery;
        var reading = await ReadSinceAsync(isAudit ? ChangeMark.Beginning : _state.Mark, cancel);
        if (reading.Era.Row.Began != _state.Era.Began && _state.Era.Began != Epoch.None)
        {
            // Marks mean nothing across two lives of a database: begin anew, and compare every listing once.
            _state = new PoolState(pool, clock);
            _listings = NewListings(repairing, database, clock, loggers);
            _listings.Begin();
            (_planned, _kept) = (null, null);
            reading = await ReadSinceAsync(ChangeMark.Beginning, cancel);
        }

        if (isAudit || _auditedAt is null) _auditedAt = clock.GetTimestamp();
        if (isAudit) _state = audit.Compare(_state, reading, clock);
        else _state.Apply(reading);
        metrics.Read(pool, reading.Count);
    }

    private Task<PlanningReading> ReadSinceAsync(ChangeMark since, CancellationToken cancel) => database.RunAsync(
        new DatabaseCall("pool.read") { ReadsOnly = true, Isolation = IsolationLevel.RepeatableRead },
        (unit, token) => unit.Services.GetRequiredService<PlanningReader>().ReadAsync(pool, since, token),
        cancel);

    private async Task<int> KeepAsync(CancellationToken cancel)
    {
        await _migrations.RunAsync(_state, cancel);
        var changed = 0;
        if (_kept is not { } kept || kept.Revision != _state.Revision || clock.GetElapsedTime(kept.At) >= UpkeepAtLeastEvery)
        {
            _kept = (_state.Revision, clock.GetTimestamp());
            changed += await cataloguing.RunAsync(_state, cancel);
            changed += await regranting.RunAsync(_state, cancel);
            PoolStanding.Report(_state, metrics, clock);
        }

        if (_forgotAt is not { } at || clock.GetElapsedTime(at) >= ForgetEvery)
        {
            _forgotAt = clock.GetTimestamp();
            await forgetting.RunAsync(_state, cancel);
        }

        return changed + await _listings.RunAsync(_state, cancel);
    }

    private async Task<TimeSpan?> PlanAsync(CancellationToken cancel)
    {
        // A request goes to the inner band whatever the outer one says. It is gone with the plan that names it, else the next look finds it.
        var asked = _state.Requests;
        var wanted = asked.Count > 0 || _isFinishing;
        var unsettled = _state.Settings.Settle() - clock.GetElapsedTime(_state.FleetChangedAt);
        var isDue = wanted || _planned is not { } planned || planned.Revision != _state.Revision || clock.GetElapsedTime(planned.At) >= PlanAtLeastEvery;
        if (!isDue) return null;

        var begun = Stopwatch.GetTimestamp();
        var view = PlanView.Of(_state) with { Requests = asked };
        var policy = PolicyOf(wanted, unsettled);
        var plan = Planner.Plan(view.Seen.Snapshot, policy);
        var allowed = Pace.Allowed(view, plan, _state);
        if (allowed < plan.Moves.Count) plan = Planner.Plan(view.Seen.Snapshot, policy with { MovesMax = allowed });

        // A plan that waits for the fleet to settle is made again when it has, though no row changes until then.
        _planned = unsettled > TimeSpan.Zero ? null : (_state.Revision, clock.GetTimestamp());
        _isFinishing = plan.Report.Delays.Any(delay => delay.Reason == DelayReason.Budget);
        // Who asked hears of a plan also when it changes nothing: its proof says that the pool is level.
        if (asked.Count > 0 || plan.Placements.Count + plan.Moves.Count > 0) await ApplyAsync(view, plan, begun, cancel);
        if (_isFinishing) return NextWave;
        return unsettled > TimeSpan.Zero ? unsettled : null;
    }

    private Policy PolicyOf(bool wanted, TimeSpan unsettled)
    {
        var room = Math.Max(0, _state.Settings.MovesInFlightMax() - _state.OpenMoves);
        return _state.Settings.Planning() with
        {
            MovesMax = room,
            Levelling = wanted ? Levelling.Always : unsettled > TimeSpan.Zero ? Levelling.Never : Levelling.OutsideOuterBand,
        };
    }

    private async Task ApplyAsync(PlanView view, Plan plan, long begun, CancellationToken cancel)
    {
        var outcome = await applier.ApplyAsync(view, plan, cancel);
        var elapsed = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        metrics.Planned(pool, elapsed, outcome.Placed + (2 * outcome.Moving), outcome.Dropped);
        if (outcome.Kind == ApplyKind.Applied)
            OrchestratorLog.Planned(_logger, pool, view.Version.Value + 1, outcome.Placed, outcome.Moving, outcome.Dropped, elapsed);
        else
            OrchestratorLog.PlanDropped(_logger, pool, view.Version.Value, outcome.Kind.ToString());
        if (outcome.Kind is ApplyKind.Stale || outcome.Dropped > 0) _planned = null;
    }
}
