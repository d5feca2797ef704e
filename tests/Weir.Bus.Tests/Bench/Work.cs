namespace Weir.Bus.Tests.Bench;

/// <summary>A message of the tests' own.</summary>
public sealed record Work(int Number, string? Note = null);
