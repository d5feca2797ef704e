namespace Weir.Simulation.Tests.Fleet;

/// <summary>The file a worker keeps on its host: the lock is held by one living process, and the file names the last that registered.</summary>
internal sealed class HostFile
{
    private WorkerProcess? _holder;

    internal string? LastProcess { get; private set; }

    /// <summary>Takes the lock. The predecessor it names is dead: else it would hold the lock.</summary>
    internal bool TryLock(WorkerProcess process)
    {
        if (_holder is { Alive: true } && _holder != process)
            return false;
        _holder = process;
        return true;
    }

    internal void Name(WorkerProcess process)
    {
        if (_holder == process)
            LastProcess = process.Name;
    }
}
