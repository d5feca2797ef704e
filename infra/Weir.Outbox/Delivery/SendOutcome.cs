namespace Weir.Outbox.Delivery;

/// <summary>How one attempt at a row ended.</summary>
internal enum SendOutcome
{
    /// <summary>The broker has it.</summary>
    Confirmed,

    /// <summary>The broker gave a mandatory message back: its receiver is gone, and whoever sent it has a deadline of its own.</summary>
    Returned,

    /// <summary>Its time was over before it could go.</summary>
    Expired,

    /// <summary>It cannot be delivered by a fault of its own; another try would end the same.</summary>
    OwnFault,

    /// <summary>Time-out, lost connection, refusal: nothing that the row is to blame for. It stays and is tried again.</summary>
    TryAgain,
}
