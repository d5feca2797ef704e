using System.Net;
using System.Net.Sockets;
using Weir.Testing.Network;
using Weir.Testing.Waiting;

namespace Weir.Testing.Servers.Processes;

/// <summary>
/// Erlang's name service, on a port of our own and in the foreground. Without it the first broker would start an
/// <c>epmd -daemon</c> that listens on 4369 and outlives the tests.
/// </summary>
internal sealed class LocalEpmd : IAsyncDisposable
{
    private static readonly TimeSpan StartBound = TimeSpan.FromSeconds(10);

    private readonly PortReservation _port;
    private readonly ChildServer _process;

    private LocalEpmd(PortReservation port, ChildServer process) => (_port, _process) = (port, process);

    public int Port => _port.Port;

    public static async Task<LocalEpmd> StartAsync(string file, Session session, CancellationToken cancel)
    {
        var port = PortReservation.Take();
        string[] arguments = ["-address", "127.0.0.1", "-port", $"{port.Port}"];
        var command = new ChildCommand("epmd", file, arguments, session.NewFolder("epmd")) { User = LocalBroker.User };
        var epmd = new LocalEpmd(port, new ChildServer(command, session));
        await epmd._process.StartAsync(cancel);
        await Eventually.TrueAsync($"epmd on port {port.Port} to accept", epmd.AcceptsAsync, StartBound, cancel);
        return epmd;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _port.Dispose();
    }

    private async Task<bool> AcceptsAsync(CancellationToken cancel)
    {
        if (await _process.HowEndedAsync(cancel) is { } ended) throw new InvalidOperationException(ended);

        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port, cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
