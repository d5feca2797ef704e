using System.Security.Cryptography;
using Weir.Bus.Endpoints;

namespace Weir.Diagnostics;

/// <summary>The name of this replica, that no other has: its own queues are called by it.</summary>
/// <param name="Name">1 to 64 letters, digits or hyphens.</param>
internal sealed record DiagnosticsProcess(string Name)
{
    private const int MachineMax = 32;

    /// <summary>The queue of facts: one policy for all its consumers.</summary>
    internal EndpointPolicy Events { get; } = BusEndpoints.Events(Name);

    internal static DiagnosticsProcess New()
    {
        var machine = new string([.. Environment.MachineName.Where(char.IsAsciiLetterOrDigit).Take(MachineMax)]);
        return new($"d{machine}-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}");
    }
}
