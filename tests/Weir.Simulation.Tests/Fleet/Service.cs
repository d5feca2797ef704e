namespace Weir.Simulation.Tests.Fleet;

/// <summary>The services' queues.</summary>
internal enum Service
{
    RegistryBeats,
    Registry,
    Orchestrator,
}
