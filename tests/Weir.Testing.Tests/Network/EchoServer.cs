using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Weir.Testing.Tests.Network;

/// <summary>Sends back what it receives, and then the end of the stream.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private readonly Task _accepting;
    private int _received;

    public EchoServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Bytes that have come in, over all connections.</summary>
    public int Received => Volatile.Read(ref _received);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        foreach (var client in _clients) client.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _clients.Add(client);
                _ = EchoAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // Disposed; a listener that is asked afterwards says that it was never started.
        }
    }

    private async Task EchoAsync(TcpClient client)
    {
        client.NoDelay = true;
        try
        {
            var buffer = new byte[64 * 1024];
            int count;
            while ((count = await client.Client.ReceiveAsync(buffer)) > 0)
            {
                Interlocked.Add(ref _received, count);
                await client.GetStream().WriteAsync(buffer.AsMemory(0, count));
            }

            client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The client or the proxy went away, which is what these tests are for.
        }
    }
}
