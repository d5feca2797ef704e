namespace Weir.Simulation.Tests.Fleet;

/// <summary>Where a worker process stands with the control plane.</summary>
internal enum WorkerPhase
{
    Registering,
    Registered,
    Ending,
}
