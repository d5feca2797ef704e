namespace Weir.TestRun;

/// <summary>How a run ends, as a process exit code.</summary>
internal enum RunExit
{
    /// <summary>Something ran and nothing failed.</summary>
    Passed = 0,

    /// <summary>A test failed, an assembly crashed or hung, or a line of the seed that is due has no passing test.</summary>
    Failed = 1,

    /// <summary>The run itself could not be done, or nothing ran.</summary>
    NotDone = 2,
}
