using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Weir.Persistence.Maps;

/// <summary>All 64 bits of a digest in a signed column: neither database has an unsigned one.</summary>
internal sealed class Bits64Converter() : ValueConverter<ulong, long>(bits => ToSigned(bits), stored => ToBits(stored))
{
    internal static long ToSigned(ulong bits) => unchecked((long)bits);

    internal static ulong ToBits(long stored) => unchecked((ulong)stored);
}
