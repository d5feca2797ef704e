namespace Weir.Bus;

/// <summary>A broker did not do what it was asked. The message says what happened and what to do, and holds no password.</summary>
public sealed class BrokerException : Exception
{
    internal BrokerException(BrokerFault fault, string message, Exception? inner = null)
        : base(message, inner) => Fault = fault;

    /// <summary>Of which kind.</summary>
    public BrokerFault Fault { get; }
}
