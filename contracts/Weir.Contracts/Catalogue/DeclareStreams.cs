using System.Text.Json;

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
    string? AnswerTo = null)
{
    /// <summary>
    /// One request for any number of streams, cut into parts that keep to <see cref="MessageLimits"/>: at most 200 streams and 128 KB each.
    /// Send them all, in any order; one answer comes.
    /// </summary>
    /// <param name="key">The idempotency key, 1 to 128 characters.</param>
    /// <param name="pool">The pool the streams belong to.</param>
    /// <param name="streams">At least one, no stream twice.</param>
    /// <param name="by">Who asks, for the audit, at most 128 characters.</param>
    /// <param name="answerTo">The asker's queue for the answer; null when it hears the facts instead.</param>
    /// <exception cref="ArgumentException">There are no streams, or so many that they need more than 500 parts.</exception>
    public static IReadOnlyList<DeclareStreams> InParts(
        string key, string pool, IEnumerable<StreamDeclaration> streams, string? by = null, string? answerTo = null)
    {
        var parts = NumberedParts.Of(streams, stream => JsonSerializer.SerializeToUtf8Bytes(stream, JsonSerializerOptions.Web).Length);
        return [.. parts.Select((part, at) => new DeclareStreams(key, pool, at + 1, parts.Count, part, by, answerTo))];
    }
}
