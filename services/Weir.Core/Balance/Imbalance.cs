namespace Weir.Core.Balance;

/// <summary>Which signs of imbalance a fleet shows.</summary>
/// <param name="Emergency">A worker is at or above the emergency load.</param>
/// <param name="Spread">The loads are too far apart.</param>
/// <param name="StreamsOff">A worker is too many streams from its share.</param>
public readonly record struct Imbalance(bool Emergency, bool Spread, bool StreamsOff)
{
    /// <summary>Whether there is any.</summary>
    public bool Any => Emergency || Spread || StreamsOff;
}
