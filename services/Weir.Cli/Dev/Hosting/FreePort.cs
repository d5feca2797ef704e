using System.Net;
using System.Net.Sockets;

namespace Weir.Cli.Dev.Hosting;

/// <summary>Looks whether the HTTP port can be had, before anything is started that would have to be stopped again.</summary>
internal static class FreePort
{
    /// <exception cref="DevRefusedException">Somebody has it.</exception>
    internal static void Check(int port)
    {
        if (port == 0)
            return;
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
        }
        catch (SocketException e)
        {
            throw Taken(port, e);
        }
    }

    internal static DevRefusedException Taken(int port, Exception why) => why.GetBaseException() is SocketException { SocketErrorCode: SocketError.AccessDenied }
        ? new(FormattableString.Invariant($"Port {port} of 127.0.0.1 cannot be had: this user may not listen there, for ports below 1024 are the system's. Give another one with --port 8088, or --port 0 for any that is free."), why)
        : new(FormattableString.Invariant($"Port {port} of 127.0.0.1 cannot be had: {why.Message}. Another weir dev may have it. Give another one with --port {(port < 65535 ? port + 1 : port - 1)}, or --port 0 for any that is free."), why);
}
