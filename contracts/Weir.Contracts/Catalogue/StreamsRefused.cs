namespace Weir.Contracts.Catalogue;

/// <summary>A request about the catalogue was refused; nothing of it was carried out. Sent by Registry; heard by whoever asked.</summary>
/// <param name="Key">The request's idempotency key.</param>
/// <param name="Pool">The pool.</param>
/// <param name="Reason">Why, in words that name the offending field, at most 500 characters.</param>
/// <param name="StreamIds">The streams at fault, at most 200; empty when the request as a whole is.</param>
[Message(MessageKind.Answer)]
public sealed record StreamsRefused(string Key, string Pool, string Reason, IReadOnlyList<string> StreamIds);
