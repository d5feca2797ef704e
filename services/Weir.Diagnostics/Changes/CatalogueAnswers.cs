using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Weir.Contracts.Catalogue;
using Weir.Diagnostics.Problems;

namespace Weir.Diagnostics.Changes;

/// <summary>Who waits for which answer. An answer names its key and pool, not what was asked: under one key one thing at a time is asked.</summary>
internal sealed class CatalogueAnswers(ILogger<CatalogueAnswers> logger)
{
    private readonly ConcurrentDictionary<(string Pool, string Key), TaskCompletionSource<StreamsDeclared>> _waiting = [];

    internal Task<StreamsDeclared> Expect(string pool, string key)
    {
        var waiting = new TaskCompletionSource<StreamsDeclared>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _waiting.TryAdd((pool, key), waiting)
            ? waiting.Task
            : throw Refuse.Conflict($"A request under Idempotency-Key '{key}' is being carried out: ask again when it was answered");
    }

    internal void Forget(string pool, string key) => _waiting.TryRemove((pool, key), out _);

    internal void Answer(StreamsDeclared done)
    {
        if (Find(done.Pool, done.Key) is { } waiting) waiting.TrySetResult(done);
    }

    internal void Answer(StreamsRefused refused)
    {
        if (Find(refused.Pool, refused.Key) is not { } waiting) return;
        var kind = refused.Reason.Contains("another pool has it", StringComparison.Ordinal) ? ProblemKind.Conflict : ProblemKind.Invalid;
        waiting.TrySetException(new RefusedException(kind, refused.Reason, streams: refused.StreamIds.Count > 0 ? refused.StreamIds : null));
    }

    private TaskCompletionSource<StreamsDeclared>? Find(string pool, string key)
    {
        if (_waiting.TryRemove((pool, key), out var waiting)) return waiting;
        DiagnosticsLog.AnswerUnwanted(logger, key, pool);
        return null;
    }
}
