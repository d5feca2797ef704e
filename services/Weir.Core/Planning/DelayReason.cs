namespace Weir.Core.Planning;

/// <summary>Why a move that was wanted is not in this plan.</summary>
public enum DelayReason : byte
{
    /// <summary>The plan already holds as many moves as the policy allows.</summary>
    Budget,

    /// <summary>The stream was moved less than the cool-down ago.</summary>
    CoolingDown,

    /// <summary>The stream is on its way to the worker already.</summary>
    InFlight,

    /// <summary>No worker that takes streams has room for it.</summary>
    NoRoom,

    /// <summary>The stream is quarantined: it stays where it is.</summary>
    Quarantined,

    /// <summary>The stream is pinned to the worker that should give it up.</summary>
    Pinned,

    /// <summary>The worker it is pinned to is lost, draining or cordoned.</summary>
    PinnedWorkerUnavailable,

    /// <summary>The worker it is pinned to has no room.</summary>
    PinnedWorkerFull,

    /// <summary>One stream weighs more than the fair share: it is the bound, and no move makes it smaller.</summary>
    HeavierThanShare,
}
