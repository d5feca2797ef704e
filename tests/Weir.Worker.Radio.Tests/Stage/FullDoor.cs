using System.Net;
using System.Net.Sockets;

namespace Weir.Worker.Radio.Tests.Stage;

/// <summary>A port that lets nobody in: it listens, its queue is full, and nobody is taken from it.</summary>
internal sealed class FullDoor : IDisposable
{
    private const int Enough = 8;

    private readonly Socket _door = New();
    private readonly List<Socket> _waiting = [];

    internal FullDoor()
    {
        _door.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _door.Listen(1);
        var address = (IPEndPoint)_door.LocalEndPoint!;
        for (var number = 0; number < Enough; number++)
        {
            var socket = New();
            socket.Blocking = false;
            _waiting.Add(socket);
            try
            {
                socket.Connect(address);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock)
            {
                // It waits to be let in, for ever.
            }
        }
        Address = new Uri($"http://{address}/");
    }

    internal Uri Address { get; }

    public void Dispose()
    {
        foreach (var one in _waiting)
            one.Dispose();
        _door.Dispose();
    }

    private static Socket New() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
}
