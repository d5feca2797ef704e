namespace Weir.Core.Worker;

/// <summary>What the worker does to its handler after a step of the gate.</summary>
public enum GateAction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Start a handler at the gate's epoch; for a Fenced stream it claims before it reads its checkpoint.</summary>
    StartHandler,

    /// <summary>The running handler goes on under the gate's epoch; for a Fenced stream it claims anew.</summary>
    RaiseHandler,

    /// <summary>Cancel the handler.</summary>
    CancelHandler,
}
