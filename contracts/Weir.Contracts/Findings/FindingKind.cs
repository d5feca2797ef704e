using System.Text.Json.Serialization;

namespace Weir.Contracts.Findings;

/// <summary>In which way desired and observed differ. On the wire its name, not its number.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingKind>))]
public enum FindingKind
{
    /// <summary>The table gives the stream to a worker that does not run it.</summary>
    Orphan,

    /// <summary>A worker runs a stream that the table gives to another.</summary>
    Duplicate,

    /// <summary>A worker runs its stream under another epoch than the table's.</summary>
    WrongEpoch,

    /// <summary>A worker runs a stream that the catalogue does not know.</summary>
    Unknown,
}
