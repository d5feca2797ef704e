using Weir.Core.Assignments;
using Weir.Core.Registration;
using Weir.Simulation.Tests.Fleet;

namespace Weir.Simulation.Tests.Engine;

/// <summary>Breaks things at random moments, mends them again, and in the end mends everything at once.</summary>
internal sealed class Nemesis(World world)
{
    private static readonly Fault[] Timed =
    [
        Fault.WorkerCrash, Fault.WorkerPause, Fault.RegistryCrash, Fault.RegistryPause, Fault.OrchestratorCrash, Fault.OrchestratorPause,
        Fault.MassDeath, Fault.CutBothWays, Fault.CutOut, Fault.CutIn, Fault.ServiceCutFromBroker, Fault.ServiceCutFromDatabase,
        Fault.ConnectionReset, Fault.SwizzleClog, Fault.BrokerKill, Fault.BrokerHung, Fault.DatabaseAway, Fault.DatabaseSlow,
        Fault.DatabaseRestored, Fault.DatabasePromoted, Fault.DatabaseClockStep, Fault.SameIdTwice, Fault.CommandsNotRead,
    ];

    private readonly Fault[] _known = [.. Timed.Where(world.Shape.Knows)];

    internal void Start()
    {
        if (world.Shape.FaultEvery > 0 && _known.Length > 0)
            world.After(10 * Span.Second, Strike);
        if (world.Shape.FaultEvery > 0)
            world.After(15 * Span.Second, Operate);
    }

    /// <summary>Ends every fault: what follows must settle.</summary>
    internal void HealAll()
    {
        world.Say("everything is healed");
        if (world.Shape.Knows(Fault.DatabaseClockStep))
        {
            // The worst moment: whatever waits for a deadline now has it an hour ahead.
            world.Count(Fault.DatabaseClockStep);
            world.Database.StepClock(-2 * Span.Hour);
        }
        world.Healed = true;
        world.Broker.Heal();
        world.Database.StartUp();
        world.Database.SlowUntil = 0;
        foreach (var process in world.Fleet.All())
        {
            process.Cut(output: false, input: false);
            process.CutDatabase = false;
            process.Resume();
        }
        foreach (var worker in world.Fleet.Workers)
            worker.CommandsUnreadUntil = 0;
        foreach (var slot in world.Fleet.Slots)
        {
            slot.Other?.Crash();
            if (slot.Process is not { Alive: true })
                world.Fleet.StartWorker(slot, onOtherHost: false);
        }
    }

    /// <summary>An operator lifts every hold and cordon that the faults have led to.</summary>
    internal void LiftAll(Tx tx)
    {
        for (var stream = 0; stream < tx.Tables.Rows.Length; stream++)
            if (tx.Tables.Rows[stream].Hold != StreamHold.None)
                tx.Write(stream, Holds.Lift(tx.Tables.Rows[stream]));
        for (var worker = 0; worker < tx.Tables.Workers.Length; worker++)
            if (tx.Tables.Workers[worker] is { Cordoned: true } row)
                tx.Write(worker, row with { Cordoned = false });
    }

    private void Strike()
    {
        if (world.Healed)
            return;
        world.After(1 + world.Rng.Between(0, 2 * world.Shape.FaultEvery), Strike);
        var fault = _known[world.Rng.Below(_known.Length)];
        if (fault is Fault.DatabaseRestored or Fault.DatabasePromoted && world.Rng.Below(world.Shape.RestoresOneIn) != 0)
            return;
        world.Count(fault);
        world.Say($"fault {fault}");
        Inject(fault);
    }

    private void Inject(Fault fault)
    {
        switch (fault)
        {
            case Fault.WorkerCrash: AnyWorker()?.Crash(); break;
            case Fault.WorkerPause: AnyWorker()?.Pause(Lasting()); break;
            case Fault.RegistryCrash: Any(world.Fleet.Registries).Crash(); break;
            case Fault.RegistryPause: Any(world.Fleet.Registries).Pause(Lasting()); break;
            case Fault.OrchestratorCrash: Any(world.Fleet.Orchestrators).Crash(); break;
            case Fault.OrchestratorPause: Any(world.Fleet.Orchestrators).Pause(Lasting()); break;
            case Fault.MassDeath: MassDeath(); break;
            case Fault.CutBothWays: Cut(AnyWorker(), output: true, input: true, Lasting()); break;
            case Fault.CutOut: Cut(AnyWorker(), output: true, input: false, Lasting()); break;
            case Fault.CutIn: Cut(AnyWorker(), output: false, input: true, Lasting()); break;
            case Fault.ServiceCutFromBroker: Cut(AnyService(), output: world.Rng.Below(2) == 0, input: true, Lasting()); break;
            case Fault.ServiceCutFromDatabase: CutDatabase(AnyService(), Lasting()); break;
            case Fault.ConnectionReset: Any([.. world.Fleet.All()]).Disconnect(); break;
            case Fault.SwizzleClog: SwizzleClog(); break;
            case Fault.BrokerKill: world.Broker.Kill(Lasting()); break;
            case Fault.BrokerHung: world.Broker.Hang(Lasting()); break;
            case Fault.DatabaseAway: StopDatabase(Lasting()); break;
            case Fault.DatabaseSlow: world.Database.SlowUntil = world.Now + Lasting(); break;
            case Fault.DatabaseRestored: world.Database.Restore(); break;
            case Fault.DatabasePromoted: world.Database.Promote(); break;
            case Fault.DatabaseClockStep: world.Database.StepClock(world.Rng.Between(-Span.Hour, Span.Hour)); break;
            case Fault.SameIdTwice: SameIdTwice(); break;
            case Fault.CommandsNotRead: CommandsNotRead(); break;
        }
    }

    // Operators act too: pause and resume, withdraw and declare again, cordon, drain.
    private void Operate()
    {
        if (world.Healed)
            return;
        world.After(world.Rng.Between(5 * Span.Second, 40 * Span.Second), Operate);
        var orchestrator = Any(world.Fleet.Orchestrators);
        if (!orchestrator.Alive)
            return;
        if (world.Rng.Below(4) == 0)
            AnyWorker()?.Drain();
        else
            world.Database.Execute(orchestrator, Service.Orchestrator, OperateOnRows, _ => { });
    }

    private void OperateOnRows(Tx tx)
    {
        var stream = world.Rng.Below(tx.Tables.Rows.Length);
        var row = tx.Tables.Rows[stream];
        if (world.Rng.Below(6) == 0)
        {
            var worker = world.Rng.Below(tx.Tables.Workers.Length);
            if (tx.Tables.Workers[worker] is WorkerRow known)
                tx.Write(worker, known with { Cordoned = !known.Cordoned });
        }
        else if (row.Hold != StreamHold.None)
        {
            world.Hit(Branch.DeclaredAgain);
            tx.Write(stream, Holds.Lift(row));
        }
        else
        {
            var hold = world.Rng.Below(2) == 0 ? StreamHold.Paused : StreamHold.Withdrawn;
            world.Hit(hold == StreamHold.Paused ? Branch.Paused : Branch.Withdrawn);
            var command = Holds.Put(row, hold, tx.Now, out var held);
            tx.Write(stream, held);
            tx.Send(command);
        }
    }

    private void MassDeath()
    {
        foreach (var worker in world.Fleet.Workers.ToArray())
            if (world.Rng.Below(3) > 0)
                worker.Crash();
    }

    private void Cut(SimProcess? process, bool output, bool input, long span)
    {
        if (process is null)
            return;
        process.Cut(output, input);
        world.After(span, () => process.Cut(output: false, input: false));
    }

    private void CutDatabase(SimProcess process, long span)
    {
        process.CutDatabase = true;
        world.After(span, () => process.CutDatabase = false);
    }

    // Clog the links one by one, unclog them in another order (FoundationDB's swizzle-clogging).
    private void SwizzleClog()
    {
        var at = 0L;
        foreach (var process in world.Fleet.All().Where(_ => world.Rng.Below(2) == 0).ToArray())
        {
            at += world.Rng.Between(0, Span.Second);
            var until = 10 * Span.Second + world.Rng.Between(0, 15 * Span.Second);
            world.After(at, () => process.Cut(output: !world.Healed, input: !world.Healed));
            world.After(until, () => process.Cut(output: false, input: false));
        }
    }

    private void StopDatabase(long span)
    {
        world.Database.Stop();
        world.After(span, world.Database.StartUp);
    }

    private void SameIdTwice()
    {
        var slot = world.Fleet.Slots[world.Rng.Below(world.Fleet.Slots.Length)];
        if (slot.Other is not { Alive: true })
            world.Fleet.StartWorker(slot, onOtherHost: true);
    }

    private void CommandsNotRead()
    {
        if (AnyWorker() is { } worker)
            worker.CommandsUnreadUntil = world.Now + world.Rng.Between(10 * Span.Second, 40 * Span.Second);
    }

    private WorkerProcess? AnyWorker()
    {
        WorkerProcess[] workers = [.. world.Fleet.Workers];
        return workers.Length == 0 ? null : Any(workers);
    }

    private SimProcess AnyService() => Any<SimProcess>([.. world.Fleet.Registries, .. world.Fleet.Orchestrators]);

    private T Any<T>(T[] of) => of[world.Rng.Below(of.Length)];

    // Mostly shorter than a lease, at times longer than all of them.
    private long Lasting() => world.Rng.Below(3) == 0 ? world.Rng.Between(6 * Span.Second, 40 * Span.Second) : world.Rng.Between(200 * Span.Ms, 7 * Span.Second);
}
