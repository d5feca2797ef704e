namespace Weir.Contracts.Catalogue;

/// <summary>Let these streams run again: ends a pause and a quarantine. Sent by anyone; heard by Registry.</summary>
/// <param name="Key">The idempotency key, 1 to 128 characters.</param>
/// <param name="Pool">The pool the streams belong to.</param>
/// <param name="StreamIds">1 to 200 of them.</param>
/// <param name="By">Who asks, for the audit, at most 128 characters.</param>
[Message(MessageKind.Request)]
public sealed record ResumeStreams(string Key, string Pool, IReadOnlyList<string> StreamIds, string? By = null);
