using MassTransit;
using Microsoft.EntityFrameworkCore;
using Weir.Contracts.Planning;
using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Sagas;
using Weir.Orchestrator.Migrations;
using Weir.Orchestrator.Writing;
using Weir.Persistence;
using Weir.Persistence.Stores;
using CoreAnswers = Weir.Core.Assignments.Answers;

namespace Weir.Orchestrator.Answers;

/// <summary>
/// Takes what a worker says into the rows, in the message's transaction. What concerns a row that a migration carries is handed on to
/// the migration, one message each, with the same commit. One a scope.
/// </summary>
internal sealed class AnswerDesk(
    WeirDbContext db, AssignmentLocks locks, DatabaseClock clock, RowChanges changes, ISendEndpointProvider sends, IPublishEndpoint publish)
{
    internal async Task TakeAsync(IReadOnlyList<StreamAnswer> answers, CancellationToken cancel)
    {
        var rows = await locks.TakeAsync([.. answers.Select(answer => answer.Stream).Distinct()], cancel);
        var now = await clock.NowAsync(cancel);
        var byStream = rows.ToDictionary(row => row.Stream);

        // The first answer about a stream that changes its row is the only one of a message that can.
        foreach (var answer in answers)
        {
            if (!byStream.TryGetValue(answer.Stream, out var row) || row.Migrating) continue;
            if (!CoreAnswers.TryTake(row.ToRow(), answer, now, out var taken)) continue;
            changes.Add(row, taken, default);
            byStream.Remove(answer.Stream);
        }

        await HandOnAsync([.. answers.Where(answer => byStream.TryGetValue(answer.Stream, out var row) && row.Migrating)], cancel);
        var saved = await changes.SaveAsync(version: null, cancel);
        foreach (var pool in saved.Where(change => change.After.State == AssignmentState.Unowned).Select(change => change.Pool).Distinct(StringComparer.Ordinal))
            await publish.Publish(new PoolChanged(pool), cancel);
    }

    private async Task HandOnAsync(IReadOnlyList<StreamAnswer> answers, CancellationToken cancel)
    {
        if (answers.Count == 0) return;
        StreamId[] streams = [.. answers.Select(answer => answer.Stream).Distinct()];
        var open = await db.Migrations.AsNoTracking()
            .Where(move => streams.Contains(move.Stream) && (move.State == MigrationState.Releasing || move.State == MigrationState.Starting))
            .Select(move => new { move.Stream, move.CorrelationId })
            .ToDictionaryAsync(move => move.Stream, move => move.CorrelationId, cancel);
        var endpoint = await sends.GetSendEndpoint(MigrationPolicy.Address);
        foreach (var answer in answers)
            if (open.TryGetValue(answer.Stream, out var id))
                await endpoint.Send(new MigrationHeard(id, Kind(answer), answer.Incarnation.Value, answer.Epoch.Value), cancel);
    }

    private static MigrationEventKind Kind(in StreamAnswer answer) =>
        answer.Kind == AnswerKind.Started ? MigrationEventKind.Started : MigrationEventKind.Stopped;
}
