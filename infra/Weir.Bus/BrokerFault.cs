namespace Weir.Bus;

/// <summary>Why a broker did not do what it was asked.</summary>
public enum BrokerFault
{
    /// <summary>Nobody answers there.</summary>
    Unreachable,

    /// <summary>It says no: the account, its rights, the certificate, or a queue that takes nothing.</summary>
    Refused,

    /// <summary>There is no such queue.</summary>
    NotFound,

    /// <summary>It did not answer in time.</summary>
    TimedOut,
}
