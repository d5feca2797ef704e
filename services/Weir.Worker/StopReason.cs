namespace Weir.Worker;

/// <summary>Why a handler is told to stop.</summary>
public enum StopReason
{
    /// <summary>It is not told to stop.</summary>
    None,

    /// <summary>The stream goes elsewhere, is paused or was withdrawn.</summary>
    Released,

    /// <summary>The worker is being emptied and this stream was asked back.</summary>
    Drained,

    /// <summary>The right to run it has ended: no beat was acknowledged in time, or its sink has seen a newer owner. Write nothing more.</summary>
    LeaseLost,

    /// <summary>The process ends and nobody took the stream in time.</summary>
    Shutdown,
}
