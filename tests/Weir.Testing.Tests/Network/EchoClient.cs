using System.Net;
using System.Net.Sockets;
using Weir.Testing.Network;
using Weir.Testing.Waiting;

namespace Weir.Testing.Tests.Network;

/// <summary>A client of an <see cref="EchoServer"/> through a proxy.</summary>
internal sealed class EchoClient : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    private readonly TcpClient _client;

    // Kept, since a client whose sending has ended no longer hands it out.
    private readonly NetworkStream _stream;

    private EchoClient(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<EchoClient> ConnectAsync(TcpProxy proxy)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, proxy.Port, Cancel);
        return new EchoClient(client);
    }

    public async Task SendAsync(params byte[] bytes) => await _stream.WriteAsync(bytes, Cancel);

    public void EndSending() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>The next bytes; none at the end of the stream.</summary>
    public async Task<byte[]> ReceiveAsync(int atMost = 1024)
    {
        using var bound = Patience.Limit(Bound, Cancel);
        var buffer = new byte[atMost];
        var count = await _stream.ReadAsync(buffer, bound.Token);
        return buffer[..count];
    }

    public async Task<byte[]> EchoAsync(params byte[] bytes)
    {
        await SendAsync(bytes);
        return await ReceiveAsync();
    }

    /// <summary>Whether nothing comes within a moment. Not scaled: on a slow machine it only becomes less strict.</summary>
    public async Task<bool> HearsNothingAsync()
    {
        using var moment = new CancellationTokenSource(Moment);
        try
        {
            _ = await _client.Client.ReceiveAsync(new byte[1], SocketFlags.Peek, moment.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    public void Dispose() => _client.Dispose();
}
