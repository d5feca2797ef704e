using System.Text.Json.Serialization;

namespace Weir.Contracts.Ownership;

/// <summary>Why a worker did not start a stream. On the wire its name, not its number.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StartRefusal>))]
public enum StartRefusal
{
    /// <summary>The epoch is not above the highest the worker was told.</summary>
    EpochNotNew,

    /// <summary>The worker's own lease is not valid.</summary>
    NoLease,

    /// <summary>No handler is registered for the stream's kind.</summary>
    UnknownKind,

    /// <summary>The worker is stopping.</summary>
    Stopping,

    /// <summary>The handler failed before it ran, or the sink refused the claim.</summary>
    Failed,
}
