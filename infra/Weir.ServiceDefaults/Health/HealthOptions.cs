using System.ComponentModel.DataAnnotations;

namespace Weir.ServiceDefaults.Health;

/// <summary>Section <c>Weir:Health</c>: where a program says how it is.</summary>
public sealed class HealthOptions
{
    /// <summary>The port on this machine's loopback address; 0 for none.</summary>
    /// <value>0. Allowed: 0 to 65535.</value>
    [Range(0, 65535)]
    public int Port { get; set; }

    /// <summary>How long all checks together may take; then the answer is red.</summary>
    /// <value>3 s. Allowed: 100 ms to 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(3);
}
