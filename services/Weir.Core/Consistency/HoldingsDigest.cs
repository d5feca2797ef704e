using Weir.Core.Identity;

namespace Weir.Core.Consistency;

/// <summary>
/// Sixty-four bits that stand for a set of (stream, epoch), whatever its order: each pair is hashed (FNV-1a, then the finaliser of
/// MurmurHash3) and the hashes are combined by exclusive or, so that one pair is added or taken out without the others.
/// </summary>
/// <param name="Value">0 for the empty set.</param>
public readonly record struct HoldingsDigest(ulong Value)
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    /// <summary>Adds a pair, or takes it out when it is in.</summary>
    public HoldingsDigest Toggle(StreamId stream, Epoch epoch) => new(Value ^ Hash(stream.Value, (ulong)epoch.Value));

    private static ulong Hash(string stream, ulong epoch)
    {
        unchecked
        {
            var hash = FnvOffset;
            foreach (var character in stream)
                hash = (hash ^ character) * FnvPrime;
            hash = (hash ^ epoch) * FnvPrime;
            hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccd;
            hash = (hash ^ hash >> 33) * 0xc4ceb9fe1a85ec53;
            return hash ^ hash >> 33;
        }
    }
}
