using System.Text.Json.Serialization;

namespace Weir.Contracts.Alerts;

/// <summary>How much an alert matters. On the wire its name, not its number.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AlertSeverity>))]
public enum AlertSeverity
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>Look at it today.</summary>
    Warning,

    /// <summary>Look at it now.</summary>
    Critical,
}
