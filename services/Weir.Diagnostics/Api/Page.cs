namespace Weir.Diagnostics.Api;

/// <summary>A part of a list.</summary>
/// <param name="Items">At most as many as were asked for; 200 at most.</param>
/// <param name="Next">Give it back as <c>cursor</c>, with the same filters and order, for what follows; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
