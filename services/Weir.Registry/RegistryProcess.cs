using System.Security.Cryptography;

namespace Weir.Registry;

/// <summary>The name of this replica, that no other has: its canary's queue is called by it.</summary>
/// <param name="Name">1 to 64 letters, digits or hyphens.</param>
internal sealed record RegistryProcess(string Name)
{
    private const int MachineMax = 32;

    internal static RegistryProcess New()
    {
        var machine = new string([.. Environment.MachineName.Where(char.IsAsciiLetterOrDigit).Take(MachineMax)]);
        return new($"r{machine}-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}");
    }
}
