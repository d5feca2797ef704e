namespace Weir.Core.Worker;

/// <summary>What a worker's handler of one stream is doing.</summary>
public enum HandlerState
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>It was started, or raised to a new epoch, and its claim has not returned.</summary>
    Claiming,

    /// <summary>It runs, and its claim has returned.</summary>
    Running,

    /// <summary>It was told to stop and has not ended.</summary>
    Stopping,
}
