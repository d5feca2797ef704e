namespace Weir.Worker.Radio.Http;

/// <summary>
/// A connection whose first answer may begin with <c>ICY 200 OK</c>, as SHOUTcast's older servers say it. HttpClient takes no such
/// status line, but all that follows is HTTP/1.0: so the first word is put right, and nothing else.
/// </summary>
internal sealed class IcyStatusStream(Stream inner) : Stream
{
    private static ReadOnlySpan<byte> Icy => "ICY "u8;

    private static ReadOnlySpan<byte> Http => "HTTP/1.0 "u8;

    private ReadOnlyMemory<byte> _held;
    private bool _begun;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length > 0 && !_begun)
            await BeginAsync(cancellationToken);
        if (_held.Length == 0)
            return await inner.ReadAsync(buffer, cancellationToken);
        var taken = Math.Min(buffer.Length, _held.Length);
        _held[..taken].CopyTo(buffer);
        _held = _held[taken..];
        return taken;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Stations are read without blocking");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Stations are asked without blocking");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    // As many bytes as tell the two apart: no more is read than the word has.
    private async ValueTask BeginAsync(CancellationToken cancel)
    {
        var first = new byte[Icy.Length];
        var read = 0;
        while (read < first.Length && Icy.StartsWith(first.AsSpan(0, read)))
        {
            var more = await inner.ReadAsync(first.AsMemory(read), cancel);
            if (more == 0)
                break;
            read += more;
        }
        _held = Icy.SequenceEqual(first.AsSpan(0, read)) ? Http.ToArray() : first.AsMemory(0, read);
        _begun = true;
    }
}
