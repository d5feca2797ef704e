namespace Weir.Worker.Agent;

/// <summary>Where a worker's process stands.</summary>
internal enum WorkerPhase
{
    /// <summary>Its queues are not there yet.</summary>
    Starting,

    /// <summary>It has asked to be let in.</summary>
    Registering,

    /// <summary>It has a life and beats.</summary>
    Registered,

    /// <summary>Nothing runs, and nothing starts any more.</summary>
    Ending,
}
