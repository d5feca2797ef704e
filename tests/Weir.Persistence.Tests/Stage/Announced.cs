namespace Weir.Persistence.Tests.Stage;

/// <summary>A message of these tests.</summary>
public sealed record Announced(string Worker);
