using System.Text.Json.Serialization;

namespace Weir.Diagnostics.Api;

/// <summary>How a worker stands; the first that fits, from the bottom up.</summary>
[JsonConverter(typeof(CamelCase<WorkerStanding>))]
public enum WorkerStanding
{
    /// <summary>It beats in time and takes streams.</summary>
    Live,

    /// <summary>It beats and is given nothing new.</summary>
    Cordoned,

    /// <summary>It is being emptied.</summary>
    Draining,

    /// <summary>It is silent: it keeps what it has and is given nothing new.</summary>
    Suspect,

    /// <summary>It was silent for too long: its incarnation is over.</summary>
    Lost,

    /// <summary>It ended in order.</summary>
    Stopped,
}
