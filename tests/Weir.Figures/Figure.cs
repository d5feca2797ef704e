namespace Weir.Figures;

/// <summary>One measured figure beside its goal.</summary>
/// <param name="Row">Which row it belongs to.</param>
/// <param name="Name">What was measured, its unit included.</param>
/// <param name="Value">What came out.</param>
/// <param name="Goal">The most, or with <paramref name="IsLeast"/> the least, that is wanted; null where the figure is only told.</param>
/// <param name="IsLeast">Whether more is better.</param>
internal sealed record Figure(string Row, string Name, double Value, double? Goal = null, bool IsLeast = false)
{
    /// <summary>Null where there is no goal.</summary>
    public bool? IsMet => Goal is not { } goal ? null : IsLeast ? Value >= goal : Value <= goal;
}
