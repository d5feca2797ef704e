namespace Weir.Figures.Ticks;

/// <summary>Percentiles of a handful of figures.</summary>
internal sealed class Spread(IEnumerable<double> values)
{
    // 0.07 of 100 comes out a hair above 7, and would be the eighth.
    private const double Rounding = 1e-9;

    private readonly List<double> _sorted = [.. values.Order()];

    public int Count => _sorted.Count;

    public double Max => _sorted.Count == 0 ? double.NaN : _sorted[^1];

    /// <summary>The nearest rank; NaN where there is nothing.</summary>
    public double At(double part) => _sorted.Count == 0 ? double.NaN : _sorted[Math.Clamp((int)Math.Ceiling((part * _sorted.Count) - Rounding) - 1, 0, _sorted.Count - 1)];
}
