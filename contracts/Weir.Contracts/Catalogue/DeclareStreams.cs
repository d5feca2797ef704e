namespace Weir.Contracts.Catalogue;

/// <summary>
/// These streams shall run, as said here: new ones are added, known ones changed. Sent by anyone, in numbered parts for
/// many; heard by Registry on <c>weir.registry.streams</c>, which answers once, when all parts are in, by
/// <see cref="StreamsDeclared"/> or <see cref="StreamsRefused"/>.
/// </summary>
/// <param name="Key">The idempotency key, 1 to 128 characters: the same key is done once and answered alike.</param>
/// <param name="Pool">The pool the streams belong to.</param>
/// <param name="Part">1 to <paramref name="Parts"/>.</param>
/// <param name="Parts">How many parts the request has, 1 to 500.</param>
/// <param name="Streams">1 to 200 a part, no stream twice within the request.</param>
/// <param name="By">Who asks, for the audit, at most 128 characters.</param>
/// <param name="AnswerTo">The asker's queue for the answer, named <c>weir.ask.</c> and at most 64 letters, digits or hyphens; null when it hears the facts instead.</param>
[Message(MessageKind.Request)]
public sealed record DeclareStreams(
    string Key,
    string Pool,
    int Part,
    int Parts,
    IReadOnlyList<StreamDeclaration> Streams,
    string? By = null,
    string? AnswerTo = null);
