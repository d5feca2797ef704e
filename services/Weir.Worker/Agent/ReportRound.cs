using Weir.Contracts;
using Weir.Contracts.Reports;
using Weir.Core.Identity;

namespace Weir.Worker.Agent;

/// <summary>Collects what handlers report, each five seconds: the latest word of each, at most every ten seconds a stream.</summary>
internal sealed class ReportRound(WorkerSelf self, IControlPlane plane)
{
    private static readonly TimeSpan RoundEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StreamEvery = TimeSpan.FromSeconds(10);

    private TimeSpan _nextAt;

    internal void Look(TimeSpan now, Incarnation incarnation, IEnumerable<StreamRun> runs)
    {
        if (now < _nextAt)
            return;
        _nextAt = now + RoundEvery;
        var due = new List<StreamReport>();
        foreach (var run in runs)
        {
            if (!run.HasReport || run.ReportedAt + StreamEvery > now || run.TakeReport() is not { } report)
                continue;
            run.ReportedAt = now;
            due.Add(report);
        }
        foreach (var part in due.Where(report => report.Epoch > 0).Chunk(MessageLimits.StreamsMax))
            plane.SendInOrder(new StreamsReported(self.WorkerId, incarnation.Value, part));
    }
}
