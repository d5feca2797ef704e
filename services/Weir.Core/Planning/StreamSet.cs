namespace Weir.Core.Planning;

/// <summary>A set of streams: one bit each, and nothing at all while it is empty.</summary>
internal sealed class StreamSet(int streams)
{
    private ulong[]? _bits;

    internal bool IsEmpty => _bits is null;

    internal void Add(int stream)
    {
        _bits ??= new ulong[(streams + 63) >> 6];
        _bits[stream >> 6] |= 1UL << (stream & 63);
    }

    internal void Remove(int stream)
    {
        if (_bits is not null)
            _bits[stream >> 6] &= ~(1UL << (stream & 63));
    }

    internal bool Has(int stream) => _bits is not null && (_bits[stream >> 6] >> (stream & 63) & 1) != 0;
}
