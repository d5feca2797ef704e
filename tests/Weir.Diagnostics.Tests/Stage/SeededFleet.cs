using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Sagas;
using Weir.Persistence;
using Weir.Persistence.Rows;

namespace Weir.Diagnostics.Tests.Stage;

/// <summary>
/// Rows as Registry and Orchestrator would have written them. Three workers of capacity 10 and one that is lost; streams <c>s-01</c> on:
/// 8 on w1, 4 on w2, 1 starting on w3, 2 of the lost worker, 1 new, 1 paused, 1 quarantined, 1 withdrawn.
/// </summary>
internal static class SeededFleet
{
    // Not long ago: what is a week old is forgotten.
    internal static readonly DateTime Begun = TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-2).AddHours(8);
    internal static readonly Guid Move = new("0193a000-0000-7000-8000-000000000001");

    internal static async Task WriteAsync(WeirDbContext db, CancellationToken cancel)
    {
        Worker(db, "w1", 101);
        Worker(db, "w2", 102, worker => worker.Cordoned = true, lease => lease.Quiet = TimeSpan.FromMilliseconds(3200));
        Worker(db, "w3", 103, worker => worker.Draining = true);
        Worker(db, "w4", 104, _ => { }, lease => lease.State = LeaseState.Fenced);
        Worker(db, "w5", 105, _ => { }, lease => (lease.State, lease.Stopped) = (LeaseState.Fenced, true));
        db.Pools.Add(new StoredPool { Pool = "default", Version = 7 });
        var at = 1;
        for (; at <= 8; at++) Stream(db, at, "w1", 101, AssignmentState.Owned);
        for (; at <= 12; at++) Stream(db, at, "w2", 102, AssignmentState.Owned);
        Stream(db, 13, "w3", 103, AssignmentState.Starting);
        Stream(db, 14, "w4", 104, AssignmentState.Owned);
        Stream(db, 15, "w4", 104, AssignmentState.Owned);
        Stream(db, 16, null, 0, AssignmentState.Unowned);
        Stream(db, 17, "w1", 101, AssignmentState.Unowned, StreamHold.Paused);
        Stream(db, 18, "w1", 101, AssignmentState.Unowned, StreamHold.Quarantined);
        Stream(db, 19, "w1", 101, AssignmentState.Unowned, StreamHold.Withdrawn);
        db.Plans.Add(new StoredPlan
        {
            Pool = "default",
            Version = 7,
            MadeAt = Begun,
            MadeBy = "o1",
            Moves = 1,
            Placements = 2,
            Certificate = """{"moves":1,"movesLowerBound":1,"placements":2,"makespan":0.8,"makespanLowerBound":0.8,"maxMinusMin":4,"scoreBefore":0.4,"scoreAfter":0.6,"targetScoreAfter":0.9,"bandAsked":0.05,"bandReached":0.04}""",
            Report = """{"calm":false,"waiting":2,"delayed":1,"delays":[{"stream":"s-03","worker":"w1","reason":"CoolingDown"}],"unplaced":0,"withoutOwner":[]}""",
        });
        db.Migrations.Add(new StoredMigration
        {
            CorrelationId = Move,
            Pool = "default",
            Stream = StreamId.Parse("s-01"),
            Source = new Incarnation(102),
            SourceEpoch = new Epoch(900),
            Target = new Incarnation(101),
            TargetEpoch = new Epoch(1001),
            State = MigrationState.Completed,
            Reason = "Imbalance",
            StartedAt = Begun,
            EndedAt = Begun.AddMilliseconds(250),
        });
        db.Owners.Add(new StoredOwner { Stream = StreamId.Parse("s-01"), Epoch = new Epoch(900), Pool = "default", Version = 6, Worker = WorkerId.Parse("w2"), Incarnation = new Incarnation(102), AssignedAt = Begun.AddHours(-1), RunningAt = Begun.AddHours(-1), ToldAt = Begun });
        db.Owners.Add(new StoredOwner { Stream = StreamId.Parse("s-01"), Epoch = new Epoch(1001), Pool = "default", Version = 7, Worker = WorkerId.Parse("w1"), Incarnation = new Incarnation(101), FromWorker = WorkerId.Parse("w2"), AssignedAt = Begun.AddMilliseconds(200), RunningAt = Begun.AddMilliseconds(250), ToldAt = Begun });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>A worker of capacity 10 and its lease.</summary>
    internal static void Worker(WeirDbContext db, string id, long incarnation, Action<StoredWorker>? change = null, Action<StoredLease>? changeLease = null)
    {
        var worker = new StoredWorker
        {
            Worker = WorkerId.Parse(id),
            Newest = new Incarnation(incarnation),
            Process = "p-" + id,
            Attempt = 1,
            Pool = "default",
            Capacity = 10,
            RegisteredAt = Begun,
            Labels = """{"zone":"a"}""",
        };
        var lease = new StoredLease { Incarnation = new Incarnation(incarnation), Worker = WorkerId.Parse(id), Process = "p-" + id, Sequence = 5 };
        change?.Invoke(worker);
        changeLease?.Invoke(lease);
        db.Workers.Add(worker);
        db.Leases.Add(lease);
    }

    /// <summary>A stream, its epoch 1000 and its number.</summary>
    internal static void Stream(WeirDbContext db, int number, string? worker, long incarnation, AssignmentState state, StreamHold hold = StreamHold.None)
    {
        var id = StreamId.Parse(Name(number));
        db.Streams.Add(new StoredStream
        {
            Stream = id,
            Pool = "default",
            Kind = number % 2 == 0 ? "radio" : "ticker",
            Weight = number % 3 == 0 ? 2 : 1,
            Labels = $$"""{"city":"{{(number % 2 == 0 ? "Bern" : "Basel")}}"}""",
            Hold = hold == StreamHold.Quarantined ? StreamHold.None : hold,
            Payload = $$"""{"url":"http://{{number}}"}""",
            DeclaredAt = Begun,
            WithdrawnAt = hold == StreamHold.Withdrawn ? Begun : null,
        });
        db.Assignments.Add(new StoredAssignment
        {
            Stream = id,
            Pool = "default",
            Epoch = worker is null ? default : new Epoch(1000 + number),
            Worker = worker is null ? null : WorkerId.Parse(worker),
            Incarnation = new Incarnation(incarnation),
            State = state,
            Hold = hold,
            Deadline = Begun,
            FailingSince = Begun,
        });
    }

    internal static string Name(int number) => $"s-{number:00}";
}
