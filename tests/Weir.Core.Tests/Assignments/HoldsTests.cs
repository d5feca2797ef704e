using Weir.Core.Assignments;
using Weir.Core.Leases;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Assignments;

[Unit]
public sealed class HoldsTests
{
    [Theory]
    [InlineData(StreamHold.Paused, StreamClass.Fenced, 0, true)]
    [InlineData(StreamHold.Withdrawn, StreamClass.Unfenced, 7, false)]
    [InlineData(StreamHold.Withdrawn, StreamClass.Unfenced, 8, true)]
    [InlineData(StreamHold.None, StreamClass.Fenced, 8, false)]
    public void Free_OwnerIsFenced_LosesAHeldStreamWhenTheRuleOfGrantsAllowsIt(StreamHold hold, StreamClass streamClass, int quietSeconds, bool isFreed)
    {
        var row = Rows.Row(AssignmentState.Releasing) with { Hold = hold, Class = streamClass, LocalModeFor = TimeSpan.Zero };
        var owner = Rows.Lease(state: LeaseState.Fenced) with { Quiet = Rows.Seconds(quietSeconds) };

        Assert.Equal(isFreed, Holds.TryFree(row, owner, LeaseTimes.Fast, out var freed));

        Assert.Equal(isFreed ? row with { State = AssignmentState.Unowned, Reason = UnownedReason.NotHeld } : row, freed);
    }

    [Fact]
    public void Free_OwnerLivesOrAMigrationCarriesTheRow_ChangesNothing()
    {
        var row = Rows.Row(AssignmentState.Releasing) with { Hold = StreamHold.Paused, Class = StreamClass.Fenced };

        Assert.False(Holds.TryFree(row, Rows.Lease(), LeaseTimes.Fast, out _), "its owner may still act");
        Assert.False(Holds.TryFree(row, null, LeaseTimes.Fast, out _), "nobody knows its owner");
        Assert.False(Holds.TryFree(row with { Migrating = true }, Rows.Lease(state: LeaseState.Fenced), LeaseTimes.Fast, out _), "the migration settles it");
    }

    [Theory]
    [InlineData(StreamHold.None)]
    [InlineData(StreamHold.Paused)]
    [InlineData(StreamHold.Withdrawn)]
    public void EndQuarantine_HeldForAnotherReason_StaysSo(StreamHold hold)
    {
        var row = Rows.Row(AssignmentState.Unowned) with { Hold = hold, Failures = 2 };

        Assert.False(Holds.TryEndQuarantine(row, out var lifted));
        Assert.Equal(row, lifted);
    }

    [Fact]
    public void EndQuarantine_Quarantined_BeginsToCountAnew()
    {
        var row = Rows.Row(AssignmentState.Unowned) with { Hold = StreamHold.Quarantined, Failures = Quarantine.FailuresMax };

        Assert.True(Holds.TryEndQuarantine(row, out var lifted));
        Assert.Equal(row with { Hold = StreamHold.None, Failures = 0 }, lifted);
    }
}
