using Weir.Core.Assignments;
using Weir.Core.Sagas;
using Weir.Simulation.Tests.Engine;
using Weir.Simulation.Tests.Mutants;

namespace Weir.Simulation.Tests.Fleet;

/// <summary>One replica of Orchestrator: upkeep of rows, then a plan from a snapshot, applied if its base still stands; and the workers' answers.</summary>
internal sealed class OrchestratorReplica : SimProcess
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(400);

    private readonly PlanView _view;
    private readonly LevelPlanner _planner;
    private readonly Upkeep _upkeep;
    private readonly List<GrantProposal> _placements = [];
    private readonly List<GrantProposal> _moves = [];
    private bool _busy;

    internal OrchestratorReplica(World world, string name)
        : base(world, name)
    {
        _view = new PlanView(world.Shape.Workers, world.Streams.Count);
        _planner = new LevelPlanner(world);
        _upkeep = new Upkeep(world, this);
    }

    internal void OnAnswer(int worker, in StreamAnswer answer, int tries = 0)
    {
        var said = answer;
        World.Database.Execute(this, Service.Orchestrator, tx => Take(tx, said), done =>
        {
            if (!done && tries < 5)
                After(AskAgainAfter, () => OnAnswer(worker, said, tries + 1));
        });
    }

    protected override void OnStart()
    {
        _busy = false;
        _upkeep.Start();
        After(TimeSpan.FromTicks(World.Rng.Between(0, 500 * Span.Ms)), Loop);
        After(TimeSpan.FromTicks(World.Rng.Between(0, Span.Second)), Poll);
    }

    protected override void OnCrash() => World.After(World.Rng.Between(500 * Span.Ms, 10 * Span.Second), () =>
    {
        if (!Alive)
            Start();
    });

    private void Poll()
    {
        After(TimeSpan.FromSeconds(1), Poll);
        World.Database.PollOutbox(this, Service.Orchestrator);
    }

    private void Loop()
    {
        After(Period, Loop);
        if (_busy)
            return;
        _busy = true;
        World.Database.Execute(this, Service.Orchestrator, tx =>
        {
            _upkeep.Run(tx);
            Snapshot(tx);
        }, done =>
        {
            _busy = false;
            if (done)
                Plan();
        });
    }

    private void Snapshot(Tx tx)
    {
        _view.Version = tx.Tables.Version;
        _view.History = World.God.Histories;
        _view.Open = 0;
        for (var worker = 0; worker < _view.Workers.Length; worker++)
        {
            _view.Workers[worker] = tx.Tables.Workers[worker];
            _view.Newest[worker] = tx.Tables.Newest(worker);
        }
        for (var stream = 0; stream < _view.Rows.Length; stream++)
        {
            var row = tx.Tables.Rows[stream];
            _view.Rows[stream] = row;
            _view.Free[stream] = row.Hold == StreamHold.None && Grants.MayGrant(row, tx.Tables.Lease(row.Incarnation), World.Shape.Times);
            if (row.Hold == StreamHold.None && row.State != AssignmentState.Owned)
                _view.Open++;
        }
    }

    private void Plan()
    {
        _planner.Plan(_view, _placements, _moves);
        if (_placements.Count + _moves.Count == 0)
            return;
        _busy = true;
        World.Database.Execute(this, Service.Orchestrator, Apply, _ => _busy = false);
    }

    private void Apply(Tx tx)
    {
        if (!tx.MayDraw && !Mutant.Is("era-not-compared-when-granting"))
            return;
        if (!tx.Tables.Version.TryAdvance(_view.Version, out var version) && !Mutant.Is("version-check-left-out"))
        {
            World.Hit(Branch.PlanStale);
            return;
        }
        World.God.OnPlanApplied(_view.History, _view.Version.Value, tx.Tables.Version.Value, _placements.Count + _moves.Count);
        tx.Tables.Version = version;
        foreach (var placement in _placements)
            Place(tx, placement);
        foreach (var move in _moves)
            Move(tx, move);
    }

    private void Place(Tx tx, in GrantProposal proposal)
    {
        var stream = World.Streams.IndexOf(proposal.Stream);
        var row = tx.Tables.Rows[stream];
        var owner = tx.Tables.Lease(row.Incarnation);
        var outcome = Grants.Place(row, owner, proposal, tx.Tables.Lease(proposal.Target), tx.Context(), out var granted);
        World.Hit(outcome switch
        {
            GrantOutcome.RowChanged => Branch.GrantRowChanged,
            GrantOutcome.Held => Branch.GrantHeld,
            GrantOutcome.OwnerMayAct => Branch.GrantOwnerMayAct,
            GrantOutcome.TargetGone => Branch.GrantTargetGone,
            GrantOutcome.EraTooYoung => Branch.EraTooYoung,
            _ when row.State == AssignmentState.Unowned => Branch.PlacedAfterReleased,
            _ when owner is { Stopped: true } => Branch.PlacedAfterStopped,
            _ when row.Class == StreamClass.Fenced => Branch.PlacedAfterFence,
            _ => Branch.PlacedAfterQuiet,
        });
        if (outcome != GrantOutcome.Granted)
            return;
        tx.Write(stream, granted);
        tx.Send(StreamCommand.Start(granted));
    }

    private void Move(Tx tx, in GrantProposal proposal)
    {
        var stream = World.Streams.IndexOf(proposal.Stream);
        if (tx.Tables.Sagas[stream] is not null)
            return;
        if (!Migrations.TryBegin(tx.Tables.Rows[stream], proposal, tx.Now, out var step))
            return;
        tx.Write(stream, step.Row);
        tx.Write(stream, step.Saga);
        tx.Send(step.Command);
    }

    private void Take(Tx tx, in StreamAnswer answer)
    {
        var stream = World.Streams.IndexOf(answer.Stream);
        if (tx.Tables.Sagas[stream] is { } saga)
        {
            var kind = answer.Kind == AnswerKind.Started ? MigrationEventKind.Started : MigrationEventKind.Stopped;
            _upkeep.Step(tx, stream, saga, new MigrationEvent(kind, answer.Incarnation, answer.Epoch));
        }
        else if (Answers.TryTake(tx.Tables.Rows[stream], answer, tx.Now, out var taken))
        {
            if (taken.Hold == StreamHold.Quarantined && tx.Tables.Rows[stream].Hold == StreamHold.None)
                World.Hit(Branch.Quarantined);
            tx.Write(stream, taken);
        }
        else
        {
            World.Hit(Branch.AnswerLate);
        }
    }
}
