namespace Weir.Contracts.Catalogue;

/// <summary>These streams shall run no more. Sent by anyone, in numbered parts for many; heard by Registry, which answers as for <see cref="DeclareStreams"/>.</summary>
/// <param name="Key">The idempotency key, 1 to 128 characters.</param>
/// <param name="Pool">The pool the streams belong to.</param>
/// <param name="Part">1 to <paramref name="Parts"/>.</param>
/// <param name="Parts">How many parts the request has, 1 to 500.</param>
/// <param name="StreamIds">1 to 200 a part; an unknown one is no error.</param>
/// <param name="By">Who asks, for the audit, at most 128 characters.</param>
/// <param name="AnswerTo">As in <see cref="DeclareStreams"/>.</param>
[Message(MessageKind.Request)]
public sealed record WithdrawStreams(
    string Key,
    string Pool,
    int Part,
    int Parts,
    IReadOnlyList<string> StreamIds,
    string? By = null,
    string? AnswerTo = null);
