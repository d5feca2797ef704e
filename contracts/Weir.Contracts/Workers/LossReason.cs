using System.Text.Json.Serialization;

namespace Weir.Contracts.Workers;

/// <summary>Why an incarnation was fenced. On the wire its name, not its number.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LossReason>))]
public enum LossReason
{
    /// <summary>No beat came in time.</summary>
    Silent,

    /// <summary>The broker told that its queues are gone, and they did not come back.</summary>
    ProcessDied,

    /// <summary>A newer process of the same worker registered.</summary>
    Superseded,

    /// <summary>It beat, but read no commands.</summary>
    CommandsUnread,

    /// <summary>A person or a remedy fenced it.</summary>
    OnRequest,
}
