using Weir.Testing.Network;

namespace Weir.Testing.Servers.Processes;

/// <summary>Keeps ports for as long as the server that listens on them is not disposed, killed or not.</summary>
internal sealed class PortHold(params IReadOnlyList<PortReservation> ports) : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        foreach (var port in ports) port.Dispose();
        return ValueTask.CompletedTask;
    }
}
