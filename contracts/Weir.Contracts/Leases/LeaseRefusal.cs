using System.Text.Json.Serialization;

namespace Weir.Contracts.Leases;

/// <summary>Why a lease is renewed no more. On the wire its name, not its number.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LeaseRefusal>))]
public enum LeaseRefusal
{
    /// <summary>It was silent too long, or it was fenced on purpose. Register anew; a handler may go on as long as the lease it was granted under still covers it, and no longer.</summary>
    Fenced,

    /// <summary>A newer process of the same worker registered. Stop every handler and exit.</summary>
    Superseded,

    /// <summary>It beats, but reads no commands. Rebuild the bus and register anew.</summary>
    CommandsUnread,
}
