using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;

namespace Weir.Testing.Network;

/// <summary>One client's connection and the server's behind it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Without a timer a token source holds nothing; a late reset must find it alive.")]
internal sealed class ProxyLink(Socket client, Socket server, Func<LinkConditions> conditions, int seed, TimeProvider clock)
{
    private readonly CancellationTokenSource _ended = new();
    private readonly ProxyPump _up = new(client, server, Direction.ToServer, conditions, new Random(seed), clock);
    private readonly ProxyPump _down = new(server, client, Direction.ToClient, conditions, new Random(~seed), clock);

    /// <summary>Passes bytes until both directions are over or one end breaks; then both ends are closed.</summary>
    public async Task RunAsync()
    {
        var up = _up.RunAsync(_ended.Token);
        var down = _down.RunAsync(_ended.Token);
        var first = await Task.WhenAny(up, down);
        // One side that ended well may still be answered; one that broke has nobody left to talk to.
        if (!first.IsCompletedSuccessfully) Reset();
        try
        {
            await Task.WhenAll(up, down);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Reset();
        }

        client.Dispose();
        server.Dispose();
    }

    public void HalfClose(Direction direction)
    {
        if (direction.HasFlag(Direction.ToServer)) _up.Shut();
        if (direction.HasFlag(Direction.ToClient)) _down.Shut();
    }

    /// <summary>Ends both connections with a reset, as a host that vanished does once it is back.</summary>
    public void Reset()
    {
        // Closing with no time to linger sends RST in place of FIN.
        client.Close(0);
        server.Close(0);
        _ended.Cancel();
    }
}
