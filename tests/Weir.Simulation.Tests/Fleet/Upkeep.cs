using Weir.Core.Assignments;
using Weir.Core.Consistency;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Sagas;
using Weir.Simulation.Tests.Engine;
using Weir.Simulation.Tests.Mutants;

namespace Weir.Simulation.Tests.Fleet;

/// <summary>
/// What an orchestrator does before it plans: regrants what came back, repairs what was listed otherwise, moves sagas on, asks again
/// where no answer came. Each row is decided by the core alone.
/// </summary>
internal sealed class Upkeep(World world, OrchestratorReplica replica)
{
    private readonly EraWatch _era = new(world, replica);
    private readonly Dictionary<long, (ulong Digest, long Sequence, int Times)> _differ = [];
    private int _runs;

    internal void Start()
    {
        _era.Start();
        _differ.Clear();
    }

    internal void Run(Tx tx)
    {
        _era.Look(tx);
        if (!tx.MayDraw && !Mutant.Is("era-not-compared-when-granting"))
        {
            if (tx.Tables.Era.Phase == Weir.Core.Eras.EraPhase.Collecting)
                Ask(tx);
            return;
        }

        for (var stream = 0; stream < tx.Tables.Rows.Length; stream++)
        {
            Regrant(tx, stream);
            if (tx.Tables.Sagas[stream] is { } saga)
                LookAt(tx, stream, saga);
            else
                Sweep(tx, stream);
        }
        Repair(tx);
        if (_runs++ % 2 == 0)
            CompareDigests(tx);
    }

    /// <summary>One step of a saga: both rows and the command in this transaction.</summary>
    internal void Step(Tx tx, int stream, in MigrationRow saga, in MigrationEvent happened)
    {
        var row = tx.Tables.Rows[stream];
        var target = tx.Tables.Lease(saga.Target);
        var takes = target is { } lease && tx.Tables.Workers[WorkerIndex(lease)] is { TakesStreams: true };
        var view = new MigrationView(row, tx.Tables.Lease(saga.Source), target, takes, tx.Context());
        var step = Migrations.Decide(saga, happened, view);
        Mark(saga, happened, step);
        if (step.Saga != saga)
            tx.Write(stream, step.Saga);
        tx.Write(stream, step.Row);
        tx.Send(step.Command);
    }

    private void LookAt(Tx tx, int stream, in MigrationRow saga)
    {
        var source = tx.Tables.Lease(saga.Source);
        if (saga is { State: MigrationState.Releasing, Asked: >= 3 } && source is { State: LeaseState.Live, Stuck: > 0 })
            Step(tx, stream, saga, new MigrationEvent(MigrationEventKind.Stuck, saga.Source, saga.SourceEpoch));
        else if (saga.IsDue(tx.Now) || source is not { State: LeaseState.Live } || tx.Tables.Lease(saga.Target) is not { State: LeaseState.Live }
            || tx.Tables.Rows[stream] is { Migrating: false })
            Step(tx, stream, saga, default(MigrationEvent) with { Kind = MigrationEventKind.LookAgain });
    }

    private void Regrant(Tx tx, int stream)
    {
        var row = tx.Tables.Rows[stream];
        if (row.State == AssignmentState.Unowned || tx.Tables.Lease(row.Incarnation) is not { } owner || tx.Tables.Newest(WorkerIndex(owner)) is not { } newest)
            return;
        if (!Regrants.Concerns(row, newest))
            return;
        var holding = tx.Tables.Held(newest.Incarnation, row.Stream);
        var command = Regrants.Decide(row, owner, newest, holding, tx.Context(), out var regranted);
        if (regranted == row)
            return;
        world.Hit(regranted switch
        {
            { State: AssignmentState.Unowned } => Branch.NotHeldUnowned,
            { State: AssignmentState.Releasing } => Branch.HeldRegrantReleased,
            _ when holding is not null => Branch.Kept,
            _ when owner.Process == newest.Process => Branch.StartedThereAgain,
            _ => Branch.StartedByPredecessorsFile,
        });
        tx.Write(stream, regranted);
        tx.Send(command);
    }

    private void Sweep(Tx tx, int stream)
    {
        var row = tx.Tables.Rows[stream];
        if (!Asking.IsOpen(row, tx.Now) || Mutant.Is("never-asked-again"))
            return;
        var command = Asking.Again(row, tx.Tables.Lease(row.Incarnation), tx.Now, out var asked);
        if (asked.State != row.State)
            world.Hit(Branch.StartTakenBack);
        else if (command.Kind != CommandKind.None)
            world.Hit(command.Kind == CommandKind.Start ? Branch.StartAskedAgain : Branch.ReleaseAskedAgain);
        tx.Write(stream, asked);
        tx.Send(command);
    }

    // Compares what was listed with rows read again here: first the streams listed, then those the table says run there.
    private void Repair(Tx tx)
    {
        for (var worker = 0; worker < tx.Tables.Workers.Length; worker++)
        {
            if (tx.Tables.Newest(worker) is not { State: LeaseState.Live } lease
                || !tx.Tables.Listings.TryGetValue(lease.Incarnation.Value, out var listing) || listing.Checked)
                continue;
            tx.Tables.Listings[lease.Incarnation.Value] = listing with { Checked = true };
            for (var stream = 0; stream < tx.Tables.Rows.Length; stream++)
                RepairOne(tx, stream, lease, listing.Holdings.TryGetValue(world.Streams.Ids[stream], out var held) ? held : null);
        }
    }

    private void RepairOne(Tx tx, int stream, in LeaseRow lease, Holding? holding)
    {
        var row = tx.Tables.Rows[stream];
        var finding = Repairs.Check(row, lease.Incarnation, holding);
        if (finding == FindingKind.None || (finding == FindingKind.NotGranted && Regrants.Concerns(row, lease)))
            return;
        world.Hit(finding switch
        {
            FindingKind.NotRunning => Branch.RepairNotRunning,
            FindingKind.NotGranted => Branch.RepairNotGranted,
            FindingKind.OlderEpoch => Branch.RepairOlderEpoch,
            _ => Branch.LostHistoryKept,
        });
        var command = Repairs.Decide(row, lease, holding, tx.Context(), out var repaired);
        tx.Write(stream, repaired);
        tx.Send(command);
    }

    private void CompareDigests(Tx tx)
    {
        for (var worker = 0; worker < tx.Tables.Workers.Length; worker++)
        {
            if (tx.Tables.Newest(worker) is not { State: LeaseState.Live } lease)
                continue;
            var expected = Expected(tx, lease.Incarnation);
            if (expected is null || expected == lease.Digest)
            {
                _differ.Remove(lease.Incarnation.Value);
                continue;
            }
            var before = _differ.GetValueOrDefault(lease.Incarnation.Value);
            var times = before.Digest == expected && before.Sequence != lease.Sequence ? before.Times + 1 : before.Times;
            _differ[lease.Incarnation.Value] = (expected.Value, lease.Sequence, before.Digest == expected ? times : 0);
            if (times < 2)
                continue;
            _differ.Remove(lease.Incarnation.Value);
            Report(tx, lease);
        }
    }

    private ulong? Expected(Tx tx, Incarnation incarnation)
    {
        var digest = default(HoldingsDigest);
        foreach (var row in tx.Tables.Rows)
        {
            if (row.Incarnation != incarnation || row.State == AssignmentState.Unowned)
                continue;
            if (row.State != AssignmentState.Owned)
                return null;
            digest = digest.Toggle(row.Stream, row.Epoch);
        }
        return digest.Value;
    }

    private void Ask(Tx tx)
    {
        if (_runs++ % 2 == 0)
            foreach (var key in tx.Tables.Watched)
                if (tx.Tables.Leases[key] is { State: LeaseState.Live } lease && lease.ListedIn != tx.Tables.Era.Began)
                    Report(tx, lease);
    }

    private static void Report(Tx tx, in LeaseRow lease)
    {
        var (incarnation, era) = (lease.Incarnation, tx.Tables.Era.Began);
        tx.Send(lease.Process, worker => worker.OnReportHoldings(incarnation, era), 500);
    }

    private void Mark(in MigrationRow saga, in MigrationEvent happened, in MigrationStep step)
    {
        if (step.Saga.State == MigrationState.Completed)
            world.Hit(Branch.MigrationCompleted);
        else if (step.Saga.State == MigrationState.Failed)
            world.Hit(Branch.MigrationFailed);
        else if (step.Saga.State == MigrationState.RolledBack)
            world.Hit(step.Command.Kind == CommandKind.Release ? Branch.MigrationTakenBack : Branch.MigrationRolledBack);
        else if (happened.Kind == MigrationEventKind.LookAgain && saga.State != step.Saga.State)
            world.Hit(Branch.MigrationByRuleFive);
        else if (saga.State == MigrationState.Starting && step.Command.Kind == CommandKind.Start)
            world.Hit(Branch.MigrationStartAgain);
    }

    private int WorkerIndex(in LeaseRow lease) => int.Parse(lease.Worker.Value.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
}
