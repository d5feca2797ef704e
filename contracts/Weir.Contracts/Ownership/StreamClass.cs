using System.Text.Json.Serialization;

namespace Weir.Contracts.Ownership;

/// <summary>Whether the stream's sink checks epochs. On the wire its name, not its number.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StreamClass>))]
public enum StreamClass
{
    /// <summary>The sink does not check: failover waits the lease out. The default.</summary>
    Unfenced,

    /// <summary>The sink refuses what comes under an older epoch: failover need not wait.</summary>
    Fenced,
}
