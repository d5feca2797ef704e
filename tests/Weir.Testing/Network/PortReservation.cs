using System.Net;
using System.Net.Sockets;

namespace Weir.Testing.Network;

/// <summary>
/// A loopback port that stays ours, so that a server can be killed and started again on it. Asking the kernel for
/// any free port and closing it again is a race, with other test processes and with every outgoing connection.
/// So ports come from below the range that the kernel hands out, and a locked file keeps other test processes off.
/// </summary>
public sealed class PortReservation : IDisposable
{
    // Linux hands out 32768 and up; 20000 and up is free of well-known services.
    private const int First = 20_000;
    private const int Count = 12_000;

    // A walk by a step that shares no factor with the count meets every port once.
    private const int Step = 7;
    private static int _walk = Environment.ProcessId * 101 % Count;

    private readonly FileStream _lock;

    private PortReservation(int port, FileStream held)
    {
        Port = port;
        _lock = held;
    }

    public int Port { get; }

    /// <exception cref="InvalidOperationException">No port is free.</exception>
    public static PortReservation Take()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "weir-ports-" + Environment.UserName));
        for (var tries = 0; tries < Count; tries++)
        {
            var port = First + (Interlocked.Add(ref _walk, Step) & int.MaxValue) % Count;
            if (TryLock(Path.Combine(folder.FullName, $"{port}")) is not { } held) continue;
            if (IsFree(port)) return new PortReservation(port, held);
            held.Dispose();
        }

        throw new InvalidOperationException($"None of the ports {First} to {First + Count - 1} is free on loopback.");
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null; // held by another test process, or by this one
        }
    }

    private static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Bound is enough, for a listener refuses it. One that listened would live on for a moment in a child that is just being started.
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
