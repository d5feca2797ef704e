using Weir.Core.Invariants;

namespace Weir.Core.Registration;

/// <summary>Which numbered parts of one registration are in. Parts may come in any order, twice, and to different replicas.</summary>
/// <param name="Parts">How many there are, 1 to 64.</param>
/// <param name="Seen">One bit a part.</param>
public readonly record struct HoldingParts(int Parts, ulong Seen)
{
    /// <summary>The most parts one registration may have: 64 x 200 streams.</summary>
    public const int PartsMax = 64;

    /// <summary>Adds a part; one that is in already changes nothing.</summary>
    /// <param name="part">1 to <see cref="Parts"/>.</param>
    public HoldingParts Add(int part)
    {
        Invariant.Holds(Parts is >= 1 and <= PartsMax && part >= 1 && part <= Parts, "parts", $"part {part} of {Parts} does not exist");
        return this with { Seen = Seen | 1UL << (part - 1) };
    }

    /// <summary>Fencing and the answer wait for this.</summary>
    public bool AllIn => System.Numerics.BitOperations.PopCount(Seen) == Parts;
}
