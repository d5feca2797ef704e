using Microsoft.Extensions.Logging;
using Weir.Core.Worker;

namespace Weir.Worker.Agent;

/// <summary>
/// Notices Fenced streams whose handler runs and whose claim is missing. Such a stream never counts as started: it is asked for again,
/// taken back and given out anew, and without a word here nobody would know why. Under the agent's lock.
/// </summary>
internal sealed class ClaimWatch(string worker, ILogger logger)
{
    /// <summary>How long a claim may take before it is missed: long for a sink that is well, and before the orchestrator takes the stream back (4 s).</summary>
    internal static readonly TimeSpan MissedAfter = TimeSpan.FromSeconds(2);

    /// <summary>Says of each run once that its claim is missing.</summary>
    internal void Look(IEnumerable<StreamSlot> busy, TimeSpan now)
    {
        foreach (var slot in busy)
        {
            var run = slot.Run!;
            if (run.ClaimMissed || slot.Gate.Handler != HandlerState.Claiming || now - run.AwaitedSince < MissedAfter)
                continue;
            run.ClaimMissed = true;
            var (seconds, epoch) = ((now - run.AwaitedSince).TotalSeconds, slot.Gate.RunsAt.Value);
            if (run.HasClaimed)
                WorkerLog.ClaimLate(logger, run.Info.Id, run.Info.Kind, worker, seconds, epoch);
            else
                WorkerLog.Unclaimed(logger, run.Info.Id, run.Info.Kind, worker, seconds, epoch);
        }
    }
}
