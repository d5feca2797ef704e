using CsCheck;
using Weir.Core.Leases;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Leases;

[Unit]
public sealed class FencingTests
{
    [Fact]
    public void Write_RenewedMeanwhile_WritesNothing()
    {
        var row = Rows.Lease() with { Sequence = 6 };

        var written = Fencing.TryWrite(row, Mark(5, 4, fence: true), out var after);

        Assert.False(written);
        Assert.Equal(LeaseState.Live, after.State);
    }

    [Fact]
    public void Write_Fence_EndsTheLeaseForGood()
    {
        Fencing.TryWrite(Rows.Lease(), Mark(5, 4, fence: true), out var fenced);
        Fencing.TryWrite(fenced, Mark(5, 5, fence: false), out var later);

        Assert.Equal(LeaseState.Fenced, later.State);
        Assert.Equal(Rows.Seconds(5), later.Quiet);
    }

    [Fact]
    public void Write_LessQuietThanAnotherReplicaSaw_KeepsTheLonger()
    {
        Fencing.TryWrite(Rows.Lease(quiet: 7), Mark(5, 3, fence: false), out var after);

        Assert.Equal(Rows.Seconds(7), after.Quiet);
    }

    [Fact]
    public void Write_ByAReplicaThatKnowsOfNoUnreadMark_LeavesCommandsUnread()
    {
        Fencing.TryWrite(Rows.Lease() with { CommandsUnread = true }, Mark(5, 3, fence: false), out var after);

        Assert.True(after.CommandsUnread);
    }

    [Fact]
    public void Stop_SaidByTheSdk_LeavesNothingToWaitFor()
    {
        var stopped = Fencing.Stop(Rows.Lease());

        Assert.True(stopped.Stopped);
        Assert.Equal(LeaseState.Fenced, stopped.State);
    }

    [Fact]
    public void Property_RenewalAndFenceInAnyOrder_NeverBothWin() =>
        Gen.Bool.Sample(renewFirst =>
        {
            var row = Rows.Lease();
            var beat = new Beat(row.Worker, row.Incarnation, 6, 0, 0, 0);
            bool renewed, fenced;
            if (renewFirst)
            {
                renewed = Renewal.Decide(row, "p1", beat, out row) == RenewOutcome.Renewed;
                fenced = Fencing.TryWrite(row, Mark(5, 4, fence: true), out row);
            }
            else
            {
                fenced = Fencing.TryWrite(row, Mark(5, 4, fence: true), out row);
                renewed = Renewal.Decide(row, "p1", beat, out row) == RenewOutcome.Renewed;
            }

            Assert.True(renewed ^ fenced);
            Assert.Equal(fenced ? LeaseState.Fenced : LeaseState.Live, row.State);
        });

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Write_UnreadMark_CountsWhateverBeatsCameUnlessItIsRead(long read, bool counts)
    {
        var row = Rows.Lease() with { Sequence = 900, MarkSent = 900, MarkRead = read, Quiet = TimeSpan.Zero };
        var mark = new QuietMark(Rows.Old, 5, Rows.Seconds(9), Fence: true, CommandsUnread: true) { UnreadMark = 4 };

        Assert.Equal(counts, Fencing.TryWrite(row, mark, out var written));
        Assert.Equal(row with { CommandsUnread = counts }, written);
    }

    private static QuietMark Mark(long sequence, double quiet, bool fence) => new(Rows.Old, sequence, Rows.Seconds(quiet), fence, CommandsUnread: false);
}
