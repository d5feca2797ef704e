using System.Buffers.Binary;

namespace Weir.Worker.Sinks;

/// <summary>
/// A sink that is a file one appends to, one a stream, on a disk of this machine (not on a network share: the lock must be the
/// system's own). Beside it stands <c>….fence</c> with the highest epoch and the length that counts; what a process wrote beyond that and died is cut
/// off at the next claim. Any thread and any process may use it.
/// </summary>
/// <param name="path">The file; its folder must be there.</param>
/// <param name="clock">For the pauses while another holds the lock.</param>
public sealed class FencedFile(string path, TimeProvider clock) : IFencedSink<long>
{
    private const int FenceBytes = 16;
    private static readonly TimeSpan LockMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Writes the epoch and gives the file's length, where the next append goes.</summary>
    /// <inheritdoc/>
    public async Task<long> ClaimAsync(string streamId, long epoch, CancellationToken cancel)
    {
        using var fence = await LockAsync(cancel);
        var (highest, length) = Read(fence);
        if (highest > epoch)
            throw new LeaseLostException(streamId, epoch, $"{path} has seen epoch {highest}");
        using (var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read))
            file.SetLength(length);
        Write(fence, epoch, length);
        return length;
    }

    /// <summary>Appends under the lease's epoch; under the raised one when it was raised meanwhile.</summary>
    /// <param name="lease">The right to write.</param>
    /// <param name="bytes">What to append: all of it or nothing will count.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="LeaseLostException">A higher epoch has claimed the stream, or the lease has ended. Nothing was written.</exception>
    public async Task AppendAsync(StreamLease lease, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var epoch = lease.Epoch;
        while (true)
        {
            lease.ThrowIfLost();
            if (await TryAppendAsync(epoch, bytes, cancel))
                return;
            epoch = await lease.EpochAboveAsync(epoch, cancel);
        }
    }

    /// <summary>As the other, by epoch.</summary>
    /// <returns>False when another epoch holds the stream. Nothing was written then.</returns>
    public async Task<bool> TryAppendAsync(long epoch, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        using var fence = await LockAsync(cancel);
        var (highest, length) = Read(fence);
        if (highest != epoch)
            return false;
        await using (var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read))
        {
            file.Position = length;
            await file.WriteAsync(bytes, cancel);
            file.Flush(flushToDisk: true);
        }
        Write(fence, epoch, length + bytes.Length);
        return true;
    }

    // The system lets go of the lock however its holder ends.
    private async Task<FileStream> LockAsync(CancellationToken cancel)
    {
        var since = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path + ".fence", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException) when (clock.GetElapsedTime(since) < LockMax && Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            {
                await Task.Delay(Pause, clock, cancel);
            }
        }
    }

    private static (long Epoch, long Length) Read(FileStream fence)
    {
        Span<byte> bytes = stackalloc byte[FenceBytes];
        fence.Position = 0;
        return fence.ReadAtLeast(bytes, FenceBytes, throwOnEndOfStream: false) < FenceBytes
            ? (0, 0)
            : (BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]));
    }

    // Sixteen bytes within one block: the file system writes them together.
    private static void Write(FileStream fence, long epoch, long length)
    {
        Span<byte> bytes = stackalloc byte[FenceBytes];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, epoch);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], length);
        fence.Position = 0;
        fence.Write(bytes);
        fence.Flush(flushToDisk: true);
    }
}
