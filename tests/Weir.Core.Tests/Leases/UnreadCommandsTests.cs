using CsCheck;
using Weir.Core.Leases;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Leases;

/// <summary>A life of beats, looks and writes, a millisecond a step: whoever leaves its commands unread is found in time, however it beats.</summary>
[Unit]
public sealed class UnreadCommandsTests
{
    // What a look costs: its own period, and the way of its answer into the row.
    private const int LookEvery = 250;
    private const int WriteMax = 200;

    private static readonly Gen<(int BeatEvery, int Write)> Pace = Gen.Select(Gen.OneOf(Gen.Int[1, 30], Gen.Int[31, 3500]), Gen.Int[0, WriteMax]);

    [Fact]
    public void Property_WorkerThatReadsNoCommands_LosesRenewalsInTime_HoweverFastItBeats() => Pace.Sample(
        pace =>
        {
            var unreadSince = 0;
            var found = Run(pace, (row, _) => row.MarkRead, (row, now) => unreadSince = unreadSince == 0 && row.MarkSent > row.MarkRead ? now : unreadSince, out var refusedAt);

            Assert.True(found, $"a beat each {pace.BeatEvery} ms hides that nothing is read");
            // Two looks: one that finds the mark, one that finds the time is over.
            Assert.InRange(refusedAt - unreadSince, Rows.Times.MarkUnreadFor.TotalMilliseconds, Rows.Times.MarkUnreadFor.TotalMilliseconds + (2 * LookEvery) + WriteMax);
        },
        iter: 100);

    [Fact]
    public void Property_WorkerThatReadsLate_KeepsItsLease_HoweverFastItBeats() => Gen.Select(Pace, Gen.Int[0, 10_000]).Sample(
        (pace, late) =>
        {
            var sent = new Queue<(long Mark, int At)>();
            long read = 0;
            var found = Run(
                pace,
                (_, now) =>
                {
                    while (sent.TryPeek(out var next) && now - next.At >= late) read = sent.Dequeue().Mark;
                    return read;
                },
                (row, now) =>
                {
                    if (sent.Count == 0 || sent.Last().Mark < row.MarkSent) sent.Enqueue((row.MarkSent, now));
                },
                out var refusedAt);

            Assert.False(found, $"read {late} ms late, a beat each {pace.BeatEvery} ms: refused after {refusedAt} ms");
        },
        iter: 30);

    // Forty seconds: two leases and a half beyond the wait.
    private static bool Run((int BeatEvery, int Write) pace, Func<LeaseRow, int, long> reads, Action<LeaseRow, int> renewed, out int refusedAt)
    {
        var row = Rows.Lease() with { Sequence = 0, MarkSent = 0, MarkRead = 0, Quiet = TimeSpan.Zero };
        var watch = LeaseWatch.Begin(row, TimeSpan.Zero);
        (QuietMark Mark, int At)? writing = null;
        for (refusedAt = 1; refusedAt <= 40_000; refusedAt++)
        {
            var now = TimeSpan.FromMilliseconds(refusedAt);
            if (refusedAt % pace.BeatEvery == 0 && Renewal.Decide(row, "p1", new Beat(row.Worker, row.Incarnation, row.Sequence + 1, 0, reads(row, refusedAt), 0), out row) == RenewOutcome.Renewed)
                renewed(row, refusedAt);
            if (refusedAt % LookEvery == 0)
            {
                watch = watch.Look(row, new LookContext(now, now, Rows.Times, new FleetSilence(now), now), TimeSpan.Zero, out var mark);
                if (mark is { } found) writing = (found, refusedAt + pace.Write);
            }

            if (writing is { } due && refusedAt >= due.At)
            {
                Fencing.TryWrite(row, due.Mark, out row);
                writing = null;
            }

            Assert.Equal(LeaseState.Live, row.State);
            if (row.CommandsUnread) return true;
        }

        return false;
    }
}
