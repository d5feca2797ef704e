using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Weir.Testing.Servers.Processes;

/// <summary>The two system calls that .NET does not offer.</summary>
internal static partial class Posix
{
    private const int NoSuchProcess = 3;

    public static bool IsRoot => EffectiveUser() == 0;

    /// <summary>Sends the signal; false where the process is gone already.</summary>
    /// <exception cref="Win32Exception">The kernel refused.</exception>
    public static bool Send(int process, Signal signal)
    {
        if (Kill(process, (int)signal) == 0) return true;

        var error = Marshal.GetLastPInvokeError();
        return error == NoSuchProcess ? false : throw new Win32Exception(error, $"signal {signal} to process {process}: error {error}");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
