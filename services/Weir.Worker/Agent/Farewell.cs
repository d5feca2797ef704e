using Microsoft.Extensions.Logging;
using Weir.Contracts.Registration;
using Weir.Contracts.Workers;
using Weir.Core.Identity;

namespace Weir.Worker.Agent;

/// <summary>How a process leaves: it asks to be emptied, stops what nobody took, and says its last word when no handler runs. Under the agent's lock.</summary>
internal sealed class Farewell(WorkerSelf self, WeirWorkerOptions options, IControlPlane plane, StreamTable streams, ILogger logger)
{
    private static readonly TimeSpan SayEvery = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan? _stopAt;
    private TimeSpan _sayAt;
    private bool _forced;

    /// <summary>Completes when nothing runs any more, or what runs was given up.</summary>
    internal Task Ended => _ended.Task;

    internal bool IsDraining => _stopAt is not null;

    internal void Begin(TimeSpan now)
    {
        if (IsDraining)
            return;
        _stopAt = now + options.DrainFor;
        _sayAt = now;
        WorkerLog.Draining(logger, self.WorkerId, streams.Running);
    }

    /// <summary>Everything has been told to stop already.</summary>
    internal void BeginForced(TimeSpan now)
    {
        if (_forced)
            return;
        (_stopAt, _forced) = (now, true);
    }

    /// <returns>True from when the worker has left: nothing starts any more.</returns>
    internal bool Look(TimeSpan now, Incarnation live)
    {
        if (_stopAt is not { } stopAt)
            return false;
        if (_ended.Task.IsCompleted)
            return true;
        if (!streams.AnyRuns)
            return Leave(live);
        if (!_forced && live != Incarnation.None && now >= _sayAt)
        {
            _sayAt = now + SayEvery;
            plane.SendInOrder(new DrainWorker(self.WorkerId, live.Value, "worker", "The process was told to end"));
        }
        if (!_forced && now >= stopAt)
        {
            _forced = true;
            WorkerLog.DrainForced(logger, self.WorkerId, streams.Running);
            streams.CancelAll(StopReason.Shutdown);
        }
        if (now < stopAt + options.StopFor)
            return false;
        WorkerLog.LeftRunning(logger, self.WorkerId, streams.Running);
        return _ended.TrySetResult() || true;
    }

    private bool Leave(Incarnation live)
    {
        // A life that is over already has nothing to say: its streams wait its lease out, or are vouched for by the next process.
        if (live != Incarnation.None)
            plane.SendInOrder(new WorkerStopped(self.WorkerId, live.Value, "The process has ended in order"));
        WorkerLog.Stopped(logger, self.WorkerId);
        return _ended.TrySetResult() || true;
    }
}
