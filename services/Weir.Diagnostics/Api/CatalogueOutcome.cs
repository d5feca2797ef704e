namespace Weir.Diagnostics.Api;

/// <summary>What a change of the catalogue did.</summary>
/// <param name="Key">Its idempotency key: under the same key the same answer comes and nothing is done twice.</param>
/// <param name="Pool">The pool.</param>
/// <param name="Added">How many streams are new.</param>
/// <param name="Changed">How many were known and are changed now.</param>
/// <param name="Withdrawn">How many were taken out.</param>
/// <param name="Unchanged">How many were as asked already.</param>
public sealed record CatalogueOutcome(string Key, string Pool, int Added, int Changed, int Withdrawn, int Unchanged);
