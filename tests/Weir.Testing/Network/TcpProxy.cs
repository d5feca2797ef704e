using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Weir.Testing.Network;

/// <summary>
/// Stands between a client and a server on this machine and breaks the network between them. Passes everything
/// until told otherwise; each fault holds for open and new connections until <see cref="Heal"/>. Thread-safe.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly IPEndPoint _target;
    private readonly TimeProvider _clock;
    private readonly Random _seeds;
    private readonly PortReservation _port = PortReservation.Take();
    private readonly ConcurrentDictionary<ProxyLink, Task> _links = new();
    private readonly Lock _gate = new();
    private LinkConditions _conditions = new();
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;

    private TcpProxy(int targetPort, int seed, TimeProvider clock)
    {
        _target = new IPEndPoint(IPAddress.Loopback, targetPort);
        _seeds = new Random(seed);
        _clock = clock;
        Open();
    }

    /// <summary>Where clients connect, on 127.0.0.1; the same for the proxy's whole life.</summary>
    public int Port => _port.Port;

    /// <param name="targetPort">The server's port on 127.0.0.1.</param>
    /// <param name="seed">Of the jitter: the same seed draws the same delays for the same order of connections.</param>
    /// <param name="clock">Tells the delays; the system's where none is given.</param>
    public static TcpProxy To(int targetPort, int seed = 1, TimeProvider? clock = null) =>
        new(targetPort, seed, clock ?? TimeProvider.System);

    /// <summary>Resets every connection and refuses new ones.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            // Shut, not only closed: a child that is just being started has a copy until it becomes its program.
            _listener?.Shutdown(SocketShutdown.Both);
            _listener?.Dispose();
            _listener = null;
        }

        foreach (var link in _links.Keys) link.Reset();
    }

    /// <summary>
    /// Bytes stop, sockets stay. What was on its way is kept and goes on after <see cref="Heal"/>, as TCP would resend it.
    /// </summary>
    public void Hang(Direction direction = Direction.Both) => Become(now => now.With(hung: direction));

    /// <summary>Each chunk goes on later by this much and up to <paramref name="jitter"/> more, in order, at full throughput.</summary>
    public void Delay(TimeSpan by, TimeSpan jitter = default) => Become(now => now.With(latency: new Latency(by, jitter)));

    /// <summary>Each direction of each connection carries at most this many bytes a second, > 0.</summary>
    public void Limit(int bytesPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytesPerSecond);
        Become(now => now.With(bytesPerSecond: bytesPerSecond));
    }

    /// <summary>Shuts one direction of every open connection for good: its receiver reads the end, the other direction goes on.</summary>
    public void HalfClose(Direction direction)
    {
        foreach (var link in _links.Keys) link.HalfClose(direction);
    }

    /// <summary>Passes everything again. Connections that were reset or half closed stay so.</summary>
    public void Heal()
    {
        Become(_ => new LinkConditions());
        lock (_gate)
        {
            if (_listener is null) Open();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _accepting;
        await Task.WhenAll(_links.Values);
        _port.Dispose();
    }

    private void Become(Func<LinkConditions, LinkConditions> change)
    {
        lock (_gate)
        {
            var before = _conditions;
            _conditions = change(before);
            before.Replaced();
        }
    }

    private void Open()
    {
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        _listener.Listen();
        _accepting = Task.WhenAll(_accepting, AcceptAsync(_listener));
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true) await LinkAsync(listener, await listener.AcceptAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The listener was closed: cut or disposed.
        }
    }

    private async Task LinkAsync(Socket listener, Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            await server.ConnectAsync(_target);
        }
        catch (SocketException)
        {
            // The server is down: the client learns it as a reset.
            client.Close(0);
            server.Dispose();
            return;
        }

        Track(listener, new ProxyLink(client, server, () => Volatile.Read(ref _conditions), _seeds.Next(), _clock));
    }

    private void Track(Socket listener, ProxyLink link)
    {
        var run = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _links[link] = run.Task;
            // A cut between accepting and here has not seen this link.
            if (_listener != listener) link.Reset();
        }

        _ = link.RunAsync().ContinueWith(
            done =>
            {
                _links.TryRemove(link, out _);
                run.SetFromTask(done);
            },
            CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
