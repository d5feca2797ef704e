using System.Net;
using System.Net.Sockets;
using System.Text;
using Weir.Testing.Waiting;

namespace Weir.Testing.Radio;

/// <summary>A source client: feeds one mount of an Icecast with sound, at the rate it is played.</summary>
public sealed class IcecastSource : IAsyncDisposable
{
    private const int AnswerMax = 4_096;
    private const int AheadSeconds = 2;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AnswerBound = TimeSpan.FromSeconds(10);
    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly Socket _socket;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _feeding;
    private volatile bool _isSilent;

    private IcecastSource(string mount, Socket socket)
    {
        (Mount, _socket) = (mount, socket);
        _feeding = Task.Run(FeedAsync);
    }

    /// <summary>What it feeds.</summary>
    public string Mount { get; }

    internal static async Task<IcecastSource> ConnectAsync(int port, string mount, string credential, bool bySourceMethod, CancellationToken cancel)
    {
        using var bound = Patience.Limit(AnswerBound, cancel);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var isFed = false;
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), bound.Token);
            var begin = bySourceMethod ? $"SOURCE {mount} HTTP/1.0\r\n" : $"PUT {mount} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nExpect: 100-continue\r\n";
            var request = $"{begin}Authorization: Basic {credential}\r\nUser-Agent: weir-testing\r\nContent-Type: audio/mpeg\r\nIce-Public: 0\r\nIce-Name: {mount}\r\n\r\n";
            await socket.SendAsync(Encoding.ASCII.GetBytes(request), bound.Token);
            var answer = await AnswerAsync(socket, bound.Token);
            if (!answer.Contains(" 100 ", StringComparison.Ordinal) && !answer.Contains(" 200 ", StringComparison.Ordinal))
                throw new InvalidOperationException($"icecast does not take {mount}: {answer}");
            isFed = true;
            return new IcecastSource(mount, socket);
        }
        finally
        {
            if (!isFed) socket.Dispose();
        }
    }

    /// <summary>It stays connected and sends nothing.</summary>
    public void FallSilent() => _isSilent = true;

    /// <summary>It sends again.</summary>
    public void Resume() => _isSilent = false;

    /// <summary>It goes away, and the mount with it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _feeding;
        _socket.Dispose();
        _end.Dispose();
    }

    // A server that is gone, or has let the source go, ends the feeding; nobody has to look.
    private async Task FeedAsync()
    {
        try
        {
            var (begun, sent) = (Clock.GetTimestamp(), 0L);
            using var beat = new PeriodicTimer(Beat, Clock);
            do
            {
                var due = (long)((Clock.GetElapsedTime(begun).TotalSeconds + AheadSeconds) * SoundFrames.FramesPerSecond);
                if (!_isSilent && due > sent) await _socket.SendAsync(SoundFrames.Of((int)Math.Min(due - sent, 1_000)), _end.Token);
                sent = due;
            }
            while (await beat.WaitForNextTickAsync(_end.Token));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // Its end, or the server's.
        }
    }

    private static async Task<string> AnswerAsync(Socket socket, CancellationToken cancel)
    {
        var (answer, one) = (new StringBuilder(), new byte[1]);
        while (answer.Length < AnswerMax && !answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await socket.ReceiveAsync(one, cancel) > 0)
            answer.Append((char)one[0]);
        return answer.ToString();
    }
}
