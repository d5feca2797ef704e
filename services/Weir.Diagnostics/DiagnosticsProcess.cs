using System.Security.Cryptography;

namespace Weir.Diagnostics;

/// <summary>The name of this replica, that no other has: its own queues are called by it.</summary>
/// <param name="Name">1 to 64 letters, digits or hyphens.</param>
internal sealed record DiagnosticsProcess(string Name)
{
    private const int MachineMax = 32;

    internal static DiagnosticsProcess New()
    {
        var machine = new string([.. Environment.MachineName.Where(char.IsAsciiLetterOrDigit).Take(MachineMax)]);
        return new($"d{machine}-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}");
    }
}
