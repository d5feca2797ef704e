namespace Weir.Outbox.TestHost.Faults;

/// <summary>What happens at a <see cref="FaultPoint"/>.</summary>
public enum FaultAct
{
    /// <summary>The process kills itself with SIGKILL: no handler, no finally runs.</summary>
    Kill,

    /// <summary>The process stops itself with SIGSTOP: it stands still with everything it holds.</summary>
    Stop,

    /// <summary>An exception.</summary>
    Throw,

    /// <summary>Whatever the test in this process put into <see cref="PlannedFault.Custom"/>.</summary>
    Custom,
}
