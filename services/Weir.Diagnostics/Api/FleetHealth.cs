namespace Weir.Diagnostics.Api;

/// <summary>Whether what Weir stands on works, looked at now. Healthy is what has no part that is not.</summary>
/// <param name="Healthy">Whether every part is.</param>
/// <param name="Parts">Each part: the database, its schema, its data, and what the process itself watches, such as the bus.</param>
public sealed record FleetHealth(bool Healthy, IReadOnlyList<HealthPart> Parts);
