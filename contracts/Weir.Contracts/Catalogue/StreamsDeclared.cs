namespace Weir.Contracts.Catalogue;

/// <summary>A request about the catalogue was carried out as a whole. Sent by Registry with the rows it tells of; heard by whoever asked.</summary>
/// <param name="Key">The request's idempotency key.</param>
/// <param name="Pool">The pool.</param>
/// <param name="Added">How many streams are new.</param>
/// <param name="Changed">How many were known and are changed now.</param>
/// <param name="Withdrawn">How many were taken out.</param>
/// <param name="Unchanged">How many were as asked already.</param>
[Message(MessageKind.Answer)]
public sealed record StreamsDeclared(string Key, string Pool, int Added, int Changed, int Withdrawn, int Unchanged);
