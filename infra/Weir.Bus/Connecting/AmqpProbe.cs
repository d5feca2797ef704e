using System.Net.Sockets;

namespace Weir.Bus.Connecting;

/// <summary>
/// Asks whether a broker is there that speaks: a port that merely accepts is not enough, a frozen broker and a proxy
/// accept too. With TLS only the connection is tried, as the first word is the handshake's.
/// </summary>
internal sealed class AmqpProbe(IReadOnlyList<string> hosts, int port, bool tls, TimeProvider clock)
{
    private const byte MethodFrame = 1;

    private static readonly byte[] Header = [(byte)'A', (byte)'M', (byte)'Q', (byte)'P', 0, 0, 9, 1];
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(1);

    internal string Target => $"{string.Join(',', hosts)}:{port}";

    /// <summary>True as soon as one node answers.</summary>
    internal async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        foreach (var host in hosts)
        {
            if (await AnswersAsync(host, cancel))
                return true;
        }

        return false;
    }

    private async Task<bool> AnswersAsync(string host, CancellationToken cancel)
    {
        using var bound = new CancellationTokenSource(AnswerMax, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancel);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, either.Token);
            if (tls)
                return true;
            await socket.SendAsync(Header, either.Token);
            var first = new byte[1];
            return await socket.ReceiveAsync(first, either.Token) == 1 && first[0] == MethodFrame;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
