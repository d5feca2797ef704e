namespace Weir.Diagnostics.Api;

/// <summary>One part of the health.</summary>
/// <param name="Name">Such as <c>database</c>, <c>schema</c>, <c>data</c>, <c>weir-bus</c>.</param>
/// <param name="Healthy">Whether it works.</param>
/// <param name="Words">What was found.</param>
/// <param name="DurationMs">How long the look took, in milliseconds.</param>
public sealed record HealthPart(string Name, bool Healthy, string Words, double DurationMs);
