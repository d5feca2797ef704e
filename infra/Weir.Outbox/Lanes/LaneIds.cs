using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Outbox.Lanes;

/// <summary>A lane's identities, derived from its name: the same in every process that names it so.</summary>
internal sealed record LaneIds(Guid Waiting, Guid Delayed, Guid SetAside, long LockKey)
{
    public static LaneIds Of(string lane) => new(Id(lane, "waiting"), Id(lane, "delayed"), Id(lane, "set-aside"), Key(lane));

    private static Guid Id(string lane, string part) => new(Hash(lane, part)[..16]);

    private static long Key(string lane) => BinaryPrimitives.ReadInt64BigEndian(Hash(lane, "lock"));

    private static ReadOnlySpan<byte> Hash(string lane, string part) => SHA256.HashData(Encoding.UTF8.GetBytes($"weir.outbox/{part}/{lane}"));
}
