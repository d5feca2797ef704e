namespace Weir.Simulation.Tests.Engine;

/// <summary>SplitMix64 (Steele, Lea and Flood, 2014): one seed, one sequence, on every machine.</summary>
internal sealed class Rng(ulong seed, ulong purpose)
{
    private ulong _state = unchecked(seed * 0x2545F4914F6CDD1D + purpose * 0x9E3779B97F4A7C15);

    internal ulong Next()
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
            z = (z ^ z >> 27) * 0x94D049BB133111EB;
            return z ^ z >> 31;
        }
    }

    /// <summary>0 to <paramref name="below"/> - 1.</summary>
    internal int Below(int below) => (int)(Next() % (ulong)below);

    /// <summary>Both ends included, in any unit.</summary>
    internal long Between(long from, long to) => from + (long)(Next() % (ulong)(to - from + 1));

    /// <summary>True in so many of a million cases.</summary>
    internal bool Happens(int perMillion) => perMillion > 0 && Below(1_000_000) < perMillion;
}
