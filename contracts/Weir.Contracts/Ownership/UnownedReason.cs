using System.Text.Json.Serialization;

namespace Weir.Contracts.Ownership;

/// <summary>Why a stream has no owner. On the wire its name, not its number.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UnownedReason>))]
public enum UnownedReason
{
    /// <summary>Declared and never yet placed.</summary>
    New,

    /// <summary>Its owner let it go when asked.</summary>
    Released,

    /// <summary>Its owner was fenced or stopped.</summary>
    OwnerLost,

    /// <summary>Its handler ended or would not start.</summary>
    Failed,

    /// <summary>It brought down three owners and waits for a person.</summary>
    Quarantined,

    /// <summary>Paused on request.</summary>
    Paused,

    /// <summary>Withdrawn: no longer in the catalogue.</summary>
    Withdrawn,

    /// <summary>No worker may or can take it.</summary>
    NoRoom,
}
