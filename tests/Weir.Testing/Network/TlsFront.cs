using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Weir.Testing.Network;

/// <summary>Speaks TLS on a port of its own and passes what it hears to a plain port of this machine: a server's TLS door.</summary>
public sealed class TlsFront : IAsyncDisposable
{
    private readonly TcpListener _door = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _certificate;
    private readonly int _to;
    private readonly Task _loop;
    private readonly List<Task> _passing = [];

    private TlsFront(int to, X509Certificate2 certificate)
    {
        (_to, _certificate) = (to, certificate);
        _door.Start();
        _loop = AcceptAsync();
    }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)_door.LocalEndpoint).Port;

    /// <summary>Stands before a port.</summary>
    /// <param name="port">The plain port.</param>
    /// <param name="certificate">What it shows; disposed with it.</param>
    public static TlsFront Before(int port, X509Certificate2 certificate) => new(port, certificate);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // The door closes once nobody waits at it: to ask a closed one for the next caller is another error than its close.
        await _loop;
        await Task.WhenAll(_passing);
        _door.Dispose();
        _certificate.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _passing.Add(PassAsync(await _door.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It is closed.
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await using var outer = new SslStream(client.GetStream());
                await outer.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
                await server.ConnectAsync(IPAddress.Loopback, _to, _stop.Token);
                var inner = server.GetStream();
                await Task.WhenAny(outer.CopyToAsync(inner, _stop.Token), inner.CopyToAsync(outer, _stop.Token));
            }
            catch (Exception e) when (e is IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException)
            {
                // The client refused us, or one side has gone.
            }
        }
    }
}
