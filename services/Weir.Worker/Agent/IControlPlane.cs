namespace Weir.Worker.Agent;

/// <summary>The worker's way to the services. Nothing here waits or throws: what is lost is said again.</summary>
internal interface IControlPlane
{
    /// <summary>Beats and registrations: sent at once, once. A lost one is followed by the next.</summary>
    void SendNow(object message);

    /// <summary>Answers, reports and the last word: kept in order until the broker has them, or until they are too old to matter.</summary>
    void SendInOrder(object message);

    /// <summary>Makes the worker's queues anew: they are not read, though they seem to be.</summary>
    void RebuildQueues();
}
