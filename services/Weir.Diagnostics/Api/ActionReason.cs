namespace Weir.Diagnostics.Api;

/// <summary>An optional body of a change that concerns one thing.</summary>
/// <param name="Reason">Why, in words, at most 200 characters.</param>
public sealed record ActionReason(string? Reason = null);
