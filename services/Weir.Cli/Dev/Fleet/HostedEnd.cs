using Weir.Worker.Agent;

namespace Weir.Cli.Dev.Fleet;

/// <summary>The end of a worker's process where the process is not its own: the worker alone goes.</summary>
internal sealed class HostedEnd(Action<int> ended) : IProcessEnd
{
    public void Ask(int exitCode) => ended(exitCode);

    public void Now(int exitCode) => ended(exitCode);
}
