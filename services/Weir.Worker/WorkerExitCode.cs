namespace Weir.Worker;

/// <summary>What a worker's process ends with when it is the SDK that ends it.</summary>
public static class WorkerExitCode
{
    /// <summary>An option is wrong: found at the start, or the registration was refused for it. The log, or the error output where there is no log, says which and what would be right. Starting again does not help.</summary>
    public const int Refused = 2;

    /// <summary>A newer process has this worker's name. Do not start this one again under the same name.</summary>
    public const int Superseded = 3;

    /// <summary>A handler still ran at nine tenths of its lease, or was stuck and the option said to exit. Start it again.</summary>
    public const int HandlerNotEnded = 70;
}
