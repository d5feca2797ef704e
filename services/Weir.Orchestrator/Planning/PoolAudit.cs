using Microsoft.Extensions.Logging;
using Weir.Core.Assignments;
using Weir.Persistence.Stores;

namespace Weir.Orchestrator.Planning;

/// <summary>Compares what a pool's changes added up to with a read of all of it. A difference is a defect, and is logged as one.</summary>
internal sealed class PoolAudit(OrchestratorMetrics metrics, ILogger<PoolAudit> logger)
{
    /// <summary>The pool as the whole read has it. Changes up to the read that are not known yet are no difference: their marks are newer.</summary>
    internal PoolState Compare(PoolState known, PlanningReading whole, TimeProvider clock)
    {
        var fresh = new PoolState(known.Pool, clock);
        fresh.Apply(whole);
        var newer = whole.Rows.Assignments.Where(row => row.Changed >= known.Mark.Value).Select(row => row.Stream).ToHashSet();
        var differing = fresh.Streams
            .Where(stream => stream.HasRow && !newer.Contains(stream.Id) && (known.Find(stream.Id) is not { HasRow: true } before || before.Row != stream.Row))
            .Select(stream => stream.Id.Value)
            .Concat(known.Streams.Where(stream => stream is { HasRow: true, Row.Hold: not StreamHold.Withdrawn } && fresh.Find(stream.Id) is null).Select(stream => stream.Id.Value))
            .ToList();
        metrics.Audited(known.Pool, differing.Count);
        if (differing.Count > 0) OrchestratorLog.AuditDiffers(logger, known.Pool, differing.Count, differing[0]);
        fresh.Follow(known);
        return fresh;
    }
}
