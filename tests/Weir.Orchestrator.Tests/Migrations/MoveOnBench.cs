using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Sagas;
using Weir.Orchestrator.Tests.Stage;
using Weir.Persistence.Rows;

namespace Weir.Orchestrator.Tests.Migrations;

/// <summary>One stream that moves from w1 to w2, as its rows have it.</summary>
/// <param name="Id">The migration's.</param>
/// <param name="Source">The life it leaves.</param>
/// <param name="Target">The life it goes to.</param>
internal sealed record MoveOnBench(Guid Id, Incarnation Source, Incarnation Target)
{
    /// <summary>What the stream has at its source.</summary>
    internal const long Epoch = 1;

    /// <summary>What it has at its target once it is Starting; below what is drawn next.</summary>
    internal const long TargetEpoch = 2;

    internal static Task<MoveOnBench> ReleasingAsync(Bench bench, Action<StoredAssignment>? row = null, Action<StoredMigration>? saga = null) => AddAsync(
        bench,
        (move, at) => bench.Given.RowAsync("s1", AssignmentState.Releasing, Epoch, "w1", move.Source, stored =>
        {
            stored.Migrating = true;
            row?.Invoke(stored);
        }),
        saga);

    internal static Task<MoveOnBench> StartingAsync(Bench bench, Action<StoredAssignment>? row = null, Action<StoredMigration>? saga = null) => AddAsync(
        bench,
        (move, at) => bench.Given.RowAsync("s1", AssignmentState.Starting, TargetEpoch, "w2", move.Target, stored =>
        {
            stored.Migrating = true;
            row?.Invoke(stored);
        }),
        stored =>
        {
            (stored.State, stored.TargetEpoch) = (MigrationState.Starting, new Epoch(TargetEpoch));
            saga?.Invoke(stored);
        });

    private static async Task<MoveOnBench> AddAsync(Bench bench, Func<MoveOnBench, DateTime, Task> addRow, Action<StoredMigration>? saga)
    {
        await bench.Given.StreamsAsync(["s1"]);
        var move = new MoveOnBench(
            Guid.Parse("0b9c2c3e-7c1f-4f0e-9d58-3f6f5f8f0001"), await bench.Given.WorkerAsync("w1", "p1"), await bench.Given.WorkerAsync("w2", "p2"));
        var now = await bench.NowAsync();
        await addRow(move, now);
        var stored = new StoredMigration
        {
            CorrelationId = move.Id,
            Pool = Given.Pool,
            Stream = StreamId.Parse("s1"),
            Source = move.Source,
            SourceEpoch = new Epoch(Epoch),
            Target = move.Target,
            Deadline = now - TimeSpan.FromMilliseconds(1),
            StartedAt = now,
        };
        saga?.Invoke(stored);
        await bench.Given.MigrationAsync(stored);
        return move;
    }
}
