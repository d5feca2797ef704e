using System.Text.Json.Serialization;

namespace Weir.Diagnostics.Api;

/// <summary>Where a stream stands; every stream that is not withdrawn is in exactly one of these, and the status counts them.</summary>
[JsonConverter(typeof(CamelCase<StreamState>))]
public enum StreamState
{
    /// <summary>Its owner said that it runs, and was not asked to let it go.</summary>
    Running,

    /// <summary>It is changing hands: a worker was told to start or to release it and has not said yet that it did.</summary>
    Starting,

    /// <summary>It is to run and nobody has it.</summary>
    Unowned,

    /// <summary>It brought down three owners in ten minutes and waits for a person: resume it.</summary>
    Quarantined,

    /// <summary>An operator paused it.</summary>
    Paused,
}
