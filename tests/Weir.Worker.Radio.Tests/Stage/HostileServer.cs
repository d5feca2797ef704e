using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Weir.Worker.Radio.Tests.Stage;

/// <summary>A server that answers each path as the test says, byte by byte, HTTP or not.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    private const int RequestMax = 8_192;

    private static readonly TimeProvider Clock = TimeProvider.System;

    // Without a timer there is nothing to give back.
    private readonly CancellationTokenSource _end = new();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, Func<NetworkStream, CancellationToken, Task>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Task> _serving = [];
    private readonly int _port;
    private readonly Task _accepting;

    internal HostileServer()
    {
        _listener.Start();
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>The last request, as it came.</summary>
    internal string LastRequest { get; private set; } = "";

    /// <summary>How many bytes any answer has sent.</summary>
    internal long Sent;

    internal Uri At(string path) => new($"http://127.0.0.1:{_port}{path}");

    /// <summary>How often a path was asked for.</summary>
    internal int Asked(string path) => _asked.GetValueOrDefault(path);

    /// <summary>How often anything was.</summary>
    internal int AskedInAll => _asked.Values.Sum();

    /// <summary>Says what a path does; <c>*</c> is any other.</summary>
    internal Uri Answers(string path, Func<NetworkStream, CancellationToken, Task> answer)
    {
        _answers[path] = answer;
        return At(path == "*" ? "/" : path);
    }

    /// <summary>A path that sends a text and ends.</summary>
    internal Uri Says(string path, string text) => Answers(path, (to, cancel) => SayAsync(to, text, cancel));

    internal async Task SayAsync(NetworkStream to, string text, CancellationToken cancel) => await SendAsync(to, Encoding.Latin1.GetBytes(text), cancel);

    internal async Task SendAsync(NetworkStream to, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        await to.WriteAsync(bytes, cancel);
        Interlocked.Add(ref Sent, bytes.Length);
    }

    /// <summary>The pace at which a station sends, which is its own.</summary>
    internal static Task PaceAsync(int milliseconds, CancellationToken cancel) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), Clock, cancel);

    /// <summary>Leaves the connection open and says no more.</summary>
    internal static async Task HangAsync(NetworkStream to, CancellationToken cancel)
    {
        var nothing = new byte[1];
        while (await to.ReadAsync(nothing, cancel) > 0)
            continue;
    }

    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested)
            return;
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_serving);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _serving.Add(Task.Run(() => ServeAsync(client)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var request = await RequestAsync(stream);
                LastRequest = request;
                var path = request.Split(' ').ElementAtOrDefault(1) ?? "";
                _asked.AddOrUpdate(path, 1, (_, before) => before + 1);
                if (_answers.TryGetValue(path, out var answer) || _answers.TryGetValue("*", out answer))
                    await answer(stream, _end.Token);
                else
                    await SayAsync(stream, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", _end.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // The other side has had enough, or the test is over.
            }
        }
    }

    private async Task<string> RequestAsync(NetworkStream stream)
    {
        var (request, buffer) = (new StringBuilder(), new byte[1_024]);
        while (request.Length < RequestMax && !request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, _end.Token);
            if (read == 0)
                break;
            request.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        return request.ToString();
    }
}
