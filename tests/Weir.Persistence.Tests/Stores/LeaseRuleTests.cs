using CsCheck;
using Microsoft.EntityFrameworkCore;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Persistence.Rows;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Persistence.Tests.Stores;

/// <summary>The statements do what the core's rules say, row by row, over leases and beats of every shape.</summary>
[Integration]
[Slow]
public sealed class LeaseRuleTests(SharedPostgres postgres)
{
    private const int Rows = 200;
    private const int Rounds = 5;

    private static readonly Gen<LeaseRow> Lease =
        from worker in Gen.Int[0, 3]
        from sequence in Gen.Long[0, 8]
        from fenced in Gen.Bool
        from unread in Gen.Frequency((3, Gen.Const(false)), (1, Gen.Const(true)))
        from quiet in Gen.Int[0, 9000]
        from mark in Gen.Long[0, 8]
        from digest in Gen.ULong
        select new LeaseRow(WorkerId.Parse($"w{worker}"), default, "p1")
        {
            Sequence = sequence,
            State = fenced ? LeaseState.Fenced : LeaseState.Live,
            CommandsUnread = unread,
            Quiet = TimeSpan.FromMilliseconds(quiet),
            MarkSent = Math.Min(mark, sequence),
            MarkRead = mark,
            Digest = digest,
        };

    private static readonly Gen<Beat> Beat =
        from worker in Gen.Int[0, 3]
        from incarnation in Gen.Long[1, Rows + 20]
        from sequence in Gen.Long[0, 9]
        from digest in Gen.ULong
        from read in Gen.Long[0, 9]
        select new Beat(WorkerId.Parse($"w{worker}"), new(incarnation), sequence, digest, read, 1);

    private static readonly Gen<QuietMark> Mark =
        from incarnation in Gen.Long[1, Rows + 20]
        from sequence in Gen.Long[0, 9]
        from quiet in Gen.Int[0, 9000]
        from fence in Gen.Bool
        from unread in Gen.Bool
        from mark in Gen.Long[0, 9]
        select new QuietMark(new(incarnation), sequence, TimeSpan.FromMilliseconds(quiet), fence, unread) { UnreadMark = mark };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Property_RenewalDoesWhatTheCoreDecides(DatabaseKind kind) => await OverRoundsAsync(kind, Beat.Array[300], async (before, beats, store) =>
    {
        var told = await store.RunAsync<LeaseStore, IReadOnlyList<RenewedLease>>((leases, token) => leases.RenewAsync(beats, token), Cancel);

        var counting = beats.GroupBy(beat => beat.Incarnation).Select(life => life.Aggregate((left, right) => Renewal.Later(left, right))).ToDictionary(beat => beat.Incarnation);
        var expected = before.ToDictionary(row => row.Incarnation, row =>
            counting.TryGetValue(row.Incarnation, out var beat) && Renewal.Decide(row, "p1", beat, out var renewed) == RenewOutcome.Renewed ? renewed : row);
        Assert.Equal(
            expected.Values.Except(before).Select(row => new RenewedLease(row.Incarnation, row.Sequence, row.MarkSent)).OrderBy(row => row.Incarnation),
            told.Select(row => new RenewedLease(row.Incarnation, row.Sequence, row.MarkSent)).OrderBy(row => row.Incarnation));
        return expected;
    });

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Property_QuietMarkDoesWhatTheCoreDecides(DatabaseKind kind) => await OverRoundsAsync(kind, Mark.Array[150], async (before, all, store) =>
    {
        var marks = all.DistinctBy(mark => mark.Incarnation).ToList();
        var told = await store.RunAsync<LeaseStore, IReadOnlyList<WrittenMark>>((leases, token) => leases.MarkAsync(marks, token), Cancel);

        var byLife = marks.ToDictionary(mark => mark.Incarnation);
        var written = before
            .Where(row => byLife.TryGetValue(row.Incarnation, out var mark) && Fencing.TryWrite(row, mark, out _))
            .Select(row => (Before: row, After: Fencing.TryWrite(row, byLife[row.Incarnation], out var after) ? after : row))
            .ToList();
        Assert.Equal(
            written.Select(row => new WrittenMark(row.After.Incarnation, row.After.Quiet, row.After.State == LeaseState.Fenced, row.Before.State != row.After.State) { QuietBefore = row.Before.Quiet }).OrderBy(row => row.Incarnation),
            told.OrderBy(row => row.Incarnation));
        return before.ToDictionary(
            row => row.Incarnation,
            row => written.FirstOrDefault(pair => pair.Before.Incarnation == row.Incarnation) is { After.Process: not null } pair ? pair.After : row);
    });

    private async Task OverRoundsAsync<T>(DatabaseKind kind, Gen<T> gen, Func<IReadOnlyList<LeaseRow>, T, Store, Task<Dictionary<Incarnation, LeaseRow>>> act)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);
        await Gen.Select(Lease.Array[Rows], gen).SampleAsync(
            async pair =>
            {
                var before = pair.Item1.Select((row, i) => row with { Incarnation = new(i + 1) }).ToList();
                await store.RunAsync(
                    async (db, token) =>
                    {
                        await db.Leases.ExecuteDeleteAsync(token);
                        db.Leases.AddRange(before.Select(row => StoredLease.From(row)));
                    },
                    Cancel);

                var expected = await act(before, pair.Item2, store);

                var after = await store.RunAsync<LeaseStore, IReadOnlyList<LeaseRow>>((rows, token) => rows.FindAsync([.. before.Select(row => row.Incarnation)], token), Cancel);
                Assert.Equal(expected.Values.OrderBy(row => row.Incarnation), after.OrderBy(row => row.Incarnation));
            },
            iter: Rounds,
            threads: 1);
    }
}
