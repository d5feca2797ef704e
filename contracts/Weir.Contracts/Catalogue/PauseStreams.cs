namespace Weir.Contracts.Catalogue;

/// <summary>Stop these streams and leave them without an owner until they are resumed. Sent by anyone; heard by Registry.</summary>
/// <param name="Key">The idempotency key, 1 to 128 characters.</param>
/// <param name="Pool">The pool the streams belong to.</param>
/// <param name="StreamIds">1 to 200 of them.</param>
/// <param name="By">Who asks, for the audit, at most 128 characters.</param>
/// <param name="Reason">Why, in words, at most 200 characters.</param>
[Message(MessageKind.Request)]
public sealed record PauseStreams(string Key, string Pool, IReadOnlyList<string> StreamIds, string? By = null, string? Reason = null);
