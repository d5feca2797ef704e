using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Weir.Worker.Agent;

/// <summary>The real end of the real process.</summary>
internal sealed partial class ProcessEnd(IHostApplicationLifetime host) : IProcessEnd
{
    public void Ask(int exitCode)
    {
        Environment.ExitCode = exitCode;
        host.StopApplication();
    }

    // The runtime's own exit waits for the host to stop, and with it for the very handler that does not end.
    public void Now(int exitCode)
    {
        if (OperatingSystem.IsWindows())
            Environment.Exit(exitCode);
        EndAtOnce(exitCode);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void EndAtOnce(int exitCode);
}
