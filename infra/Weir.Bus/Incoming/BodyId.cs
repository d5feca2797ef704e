using System.Security.Cryptography;
using System.Text;

namespace Weir.Bus.Incoming;

/// <summary>An id that is always the same for the same body on the same queue (SHA-256, cut to 122 bits, marked as a version 8 UUID).</summary>
internal static class BodyId
{
    internal static Guid Of(string queue, ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.UTF8.GetBytes(queue));
        digest.AppendData([0]);
        digest.AppendData(body);
        digest.GetHashAndReset(hash);

        var id = hash[..16];
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
