using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Weir.Cli.Tests.Live;

/// <summary>A server that answers every request alike, for answers that the real one gives rarely.</summary>
internal sealed class FixedAnswer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    internal FixedAnswer(int status, string type, string body)
    {
        _listener.Start();
        _loop = LoopAsync($"HTTP/1.1 {status} Told\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");
    }

    internal string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The last request's head, as it came.</summary>
    internal string Heard { get; private set; } = "";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task LoopAsync(string answer)
    {
        var head = new byte[16_384];
        try
        {
            while (true)
            {
                using var caller = await _listener.AcceptTcpClientAsync(_stop.Token);
                Heard = Encoding.ASCII.GetString(head, 0, await caller.GetStream().ReadAsync(head, _stop.Token));
                await caller.GetStream().WriteAsync(Encoding.UTF8.GetBytes(answer), _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
