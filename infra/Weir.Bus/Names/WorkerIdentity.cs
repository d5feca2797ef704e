namespace Weir.Bus.Names;

/// <summary>One life of one worker's process, as its queues are named.</summary>
public sealed record WorkerIdentity
{
    /// <param name="workerId">1 to 64 letters, digits or hyphens, a letter or digit first.</param>
    /// <param name="processId">A new value at each start of the process, of the same shape.</param>
    /// <exception cref="ArgumentException">One of them breaks the rule.</exception>
    public WorkerIdentity(string workerId, string processId) =>
        (WorkerId, ProcessId) = (BrokerNames.Checked(workerId), BrokerNames.Checked(processId));

    /// <summary>The worker.</summary>
    public string WorkerId { get; }

    /// <summary>The life of its process.</summary>
    public string ProcessId { get; }

    /// <summary>Where its commands arrive.</summary>
    public string Queue => BrokerNames.WorkerQueue(WorkerId, ProcessId);

    /// <summary>Where the answers to its beats arrive.</summary>
    public string BeatQueue => BrokerNames.WorkerBeatQueue(WorkerId, ProcessId);
}
