namespace Weir.Core.Planning;

/// <summary>Why a stream without an owner gets none in this plan.</summary>
public enum UnplacedReason : byte
{
    /// <summary>Every worker that takes streams is at its capacity.</summary>
    NoRoom,

    /// <summary>The stream is quarantined: it is given to nobody until a person releases it.</summary>
    Quarantined,

    /// <summary>The worker it is pinned to is lost, draining or cordoned.</summary>
    PinnedWorkerUnavailable,

    /// <summary>The worker it is pinned to is at its capacity with other pinned or unmovable streams.</summary>
    PinnedWorkerFull,
}
