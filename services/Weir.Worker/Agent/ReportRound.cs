using Weir.Contracts;
using Weir.Contracts.Reports;
using Weir.Core.Identity;

namespace Weir.Worker.Agent;

/// <summary>
/// Collects what handlers report, each five seconds: the latest word of each, at most every ten seconds a stream. Words whose load is
/// about what it was can wait: they go together, each thirty seconds, for a running stream's position alone would be most of what is written.
/// </summary>
internal sealed class ReportRound(WorkerSelf self, IControlPlane plane)
{
    private static readonly TimeSpan RoundEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StreamEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AllEvery = TimeSpan.FromSeconds(30);

    private TimeSpan _nextAt;
    private TimeSpan _allAt;

    internal void Look(TimeSpan now, Incarnation incarnation, IEnumerable<StreamRun> runs)
    {
        if (now < _nextAt)
            return;
        _nextAt = now + RoundEvery;
        var all = now >= _allAt;
        if (all)
            _allAt = now + AllEvery;
        var due = new List<StreamReport>();
        foreach (var run in runs)
        {
            if (!IsDue(run, now, all) || run.TakeReport() is not { } report)
                continue;
            (run.ReportedAt, run.ReportedLoad) = (now, report.Load);
            due.Add(report);
        }
        foreach (var part in due.Where(report => report.Epoch > 0).Chunk(MessageLimits.StreamsMax))
            plane.SendInOrder(new StreamsReported(self.WorkerId, incarnation.Value, part));
    }

    private static bool IsDue(StreamRun run, TimeSpan now, bool all)
    {
        if (run.Reported is not { } word)
            return false;
        if (run.ReportedAt is not { } at)
            return true;
        return now - at >= StreamEvery && (all || HasMoved(run.ReportedLoad, word.Load));
    }

    // By a twentieth: what moves less reaches the planner too, only later.
    private static bool HasMoved(double? before, double? now) =>
        before is { } was && now is { } becomes ? Math.Abs(becomes - was) * 20 > was : before.HasValue != now.HasValue;
}
