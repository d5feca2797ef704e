using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Weir.Testing.Network;

/// <summary>
/// One direction of a proxied connection. Reading and writing are apart, so that a delay costs latency and not
/// throughput; what has been read waits in a bounded queue, beyond which the sender is held back as TCP would.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Without a timer a token source holds nothing; a late reset must find it alive.")]
internal sealed class ProxyPump(
    Socket from, Socket to, Direction direction, Func<LinkConditions> conditions, Random random, TimeProvider clock)
{
    private const int ChunkBytes = 16 * 1024;
    private const int ChunksWaiting = 64;

    private readonly long _opened = clock.GetTimestamp();
    private readonly CancellationTokenSource _shut = new();
    private readonly Channel<(byte[] Bytes, TimeSpan Due)> _waiting =
        Channel.CreateBounded<(byte[] Bytes, TimeSpan Due)>(ChunksWaiting);

    /// <summary>Ends when this direction is over: its sender closed and everything was passed on, or it was shut.</summary>
    /// <exception cref="SocketException">One of the two ends broke.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, _shut.Token);
        var reading = ReadAsync(either.Token);
        try
        {
            await WriteAsync(either.Token);
            await reading;
        }
        catch (OperationCanceledException) when (_shut.IsCancellationRequested)
        {
            // Shut on purpose: the other direction goes on.
        }

        to.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Ends this direction alone: its receiver sees the end of the stream, and nothing more is passed on.</summary>
    public void Shut() => _shut.Cancel();

    private async Task ReadAsync(CancellationToken cancel)
    {
        var buffer = new byte[ChunkBytes];
        var due = TimeSpan.Zero;
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer, cancel)) > 0)
            {
                due = conditions().Due(clock.GetElapsedTime(_opened), due, count, random);
                await _waiting.Writer.WriteAsync((buffer[..count], due), cancel);
            }

            _waiting.Writer.Complete();
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            _waiting.Writer.Complete(e);
        }
    }

    private async Task WriteAsync(CancellationToken cancel)
    {
        await foreach (var (bytes, due) in _waiting.Reader.ReadAllAsync(cancel))
        {
            var early = due - clock.GetElapsedTime(_opened);
            if (early > TimeSpan.Zero) await Task.Delay(early, clock, cancel);
            await UntilFlowingAsync(cancel);
            for (var sent = 0; sent < bytes.Length;) sent += await to.SendAsync(bytes.AsMemory(sent), cancel);
        }

        // The end of a stream is held back by a hang like any byte of it.
        await UntilFlowingAsync(cancel);
    }

    private async Task UntilFlowingAsync(CancellationToken cancel)
    {
        for (var now = conditions(); now.Hung.HasFlag(direction); now = conditions()) await now.Changed.WaitAsync(cancel);
    }
}
