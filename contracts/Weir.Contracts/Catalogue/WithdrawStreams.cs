using System.Text;

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
    string? AnswerTo = null)
{
    /// <summary>One request for any number of streams, cut into parts as <see cref="DeclareStreams.InParts"/> does.</summary>
    /// <param name="key">The idempotency key, 1 to 128 characters.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="streams">At least one, no stream twice.</param>
    /// <param name="by">Who asks, for the audit, at most 128 characters.</param>
    /// <param name="answerTo">The asker's queue for the answer; null when it hears the facts instead.</param>
    /// <exception cref="ArgumentException">There are no streams, or so many that they need more than 500 parts.</exception>
    public static IReadOnlyList<WithdrawStreams> InParts(string key, string pool, IEnumerable<string> streams, string? by = null, string? answerTo = null)
    {
        var parts = NumberedParts.Of(streams, stream => Encoding.UTF8.GetByteCount(stream) + 2);
        return [.. parts.Select((part, at) => new WithdrawStreams(key, pool, at + 1, parts.Count, part, by, answerTo))];
    }
}
