namespace Weir.Persistence.Schema;

/// <summary>What <c>weir store migrate</c> did.</summary>
/// <param name="Before">The newest migration the database had; null when it was empty.</param>
/// <param name="After">The newest it has now.</param>
/// <param name="Applied">Those applied just now, in order; empty when there was nothing to do.</param>
public sealed record StoreMigration(string? Before, string After, IReadOnlyList<string> Applied);
