namespace Weir.Diagnostics.Api;

/// <summary>A change was handed to the service that carries it out, which answers nobody.</summary>
/// <param name="Key">Its idempotency key; null where doing it twice is the same as once.</param>
/// <param name="Look">Where to see that it was done.</param>
/// <param name="Words">What to expect.</param>
public sealed record Accepted(string? Key, string Look, string Words);
