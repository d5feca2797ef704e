namespace Weir.Core.Invariants;

/// <summary>
/// Something that must always hold does not. It is never caught to go on: whoever made the decision stops,
/// because a wrong owner is worse than no owner.
/// </summary>
public sealed class InvariantViolatedException(string invariant, string what)
    : Exception($"Invariant {invariant} is violated: {what}. The decision was not carried out; report it with this text.")
{
    /// <summary>The invariant's short name, such as <c>S2</c> or <c>gate-monotone</c>.</summary>
    public string Invariant { get; } = invariant;
}
