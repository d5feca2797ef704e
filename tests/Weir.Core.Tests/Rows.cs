using Weir.Core.Assignments;
using Weir.Core.Eras;
using Weir.Core.Identity;
using Weir.Core.Leases;

namespace Weir.Core.Tests;

/// <summary>Rows with what matters to a test, and plain values for the rest.</summary>
internal static class Rows
{
    internal static readonly StreamId Stream = StreamId.Parse("radio-1");
    internal static readonly WorkerId Worker = WorkerId.Parse("w1");
    internal static readonly WorkerId Other = WorkerId.Parse("w2");
    internal static readonly Incarnation Old = new(10);
    internal static readonly Incarnation New = new(20);
    internal static readonly LeaseTimes Times = LeaseTimes.Fast;

    internal static LeaseRow Lease(long incarnation = 10, LeaseState state = LeaseState.Live, double quiet = 0, string process = "p1", WorkerId? worker = null) =>
        new(worker ?? Worker, new Incarnation(incarnation), process) { State = state, Quiet = TimeSpan.FromSeconds(quiet), Sequence = 5 };

    internal static AssignmentRow Row(AssignmentState state, long epoch = 100, long incarnation = 10, StreamClass streamClass = StreamClass.Unfenced, double localMode = 0) =>
        new(Stream)
        {
            State = state,
            Epoch = new Epoch(epoch),
            Incarnation = new Incarnation(incarnation),
            Worker = Worker,
            Class = streamClass,
            LocalModeFor = TimeSpan.FromSeconds(localMode),
        };

    internal static GrantContext Context(long drawn = 200, double eraQuiet = 1000, double now = 50) =>
        new(EraRow.First(default, default) with { Quiet = TimeSpan.FromSeconds(eraQuiet) }, Times, new Epoch(drawn), TimeSpan.FromSeconds(now));

    internal static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
