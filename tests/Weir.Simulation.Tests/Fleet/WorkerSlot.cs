using Weir.Core.Identity;

namespace Weir.Simulation.Tests.Fleet;

/// <summary>One worker id: the process that has it by right, and now and then another that took it on another host.</summary>
internal sealed class WorkerSlot(int index)
{
    internal int Index { get; } = index;

    internal WorkerId Id { get; } = WorkerId.Parse($"w{index}");

    internal HostFile File { get; } = new();

    internal HostFile OtherFile { get; } = new();

    internal WorkerProcess? Process { get; set; }

    internal WorkerProcess? Other { get; set; }
}
