using Weir.Simulation.Tests.Engine;

namespace Weir.Simulation.Tests.Fleet;

/// <summary>Every process of the run, and who starts them again.</summary>
internal sealed class FleetTable
{
    private readonly World _world;
    private readonly Dictionary<string, WorkerProcess> _processes = [];
    private readonly List<SimProcess> _consumers = [];
    private int _serial;

    internal FleetTable(World world)
    {
        _world = world;
        Slots = [.. Enumerable.Range(0, world.Shape.Workers).Select(i => new WorkerSlot(i))];
        Registries = [.. Enumerable.Range(0, world.Shape.Registries).Select(i => new RegistryReplica(world, $"registry-{i}"))];
        Orchestrators = [.. Enumerable.Range(0, world.Shape.Orchestrators).Select(i => new OrchestratorReplica(world, $"orchestrator-{i}"))];
    }

    internal WorkerSlot[] Slots { get; }

    internal RegistryReplica[] Registries { get; }

    internal OrchestratorReplica[] Orchestrators { get; }

    internal IEnumerable<WorkerProcess> Workers => Slots.SelectMany(slot => new[] { slot.Process, slot.Other }).OfType<WorkerProcess>().Where(p => p.Alive);

    internal void StartAll()
    {
        foreach (var registry in Registries)
            registry.Start();
        foreach (var orchestrator in Orchestrators)
            orchestrator.Start();
        foreach (var slot in Slots)
            StartWorker(slot, onOtherHost: false);
    }

    internal void StartWorker(WorkerSlot slot, bool onOtherHost)
    {
        var process = new WorkerProcess(_world, $"p{++_serial}", slot, onOtherHost ? slot.OtherFile : slot.File);
        _processes.Add(process.Name, process);
        if (onOtherHost)
            slot.Other = process;
        else
            slot.Process = process;
        process.Start();
    }

    /// <summary>The supervisor of the right host starts a process that ended; the other host's stays away.</summary>
    internal void OnWorkerEnded(WorkerProcess process, long after)
    {
        _processes.Remove(process.Name);
        if (process.Slot.Process == process)
            _world.After(after, () =>
            {
                if (process.Slot.Process == process)
                    StartWorker(process.Slot, onOtherHost: false);
            });
    }

    internal WorkerProcess? Process(string name) => _processes.GetValueOrDefault(name);

    internal IEnumerable<SimProcess> All() => [.. Registries, .. Orchestrators, .. Workers];

    /// <summary>One of the service's replicas that have a connection, the paused and the cut off among them.</summary>
    internal SimProcess? Consumer(Service service)
    {
        _consumers.Clear();
        SimProcess[] replicas = service == Service.Orchestrator ? Orchestrators : Registries;
        foreach (var replica in replicas)
            if (replica is { Alive: true, Connected: true })
                _consumers.Add(replica);
        return _consumers.Count == 0 ? null : _consumers[_world.Rng.Below(_consumers.Count)];
    }
}
