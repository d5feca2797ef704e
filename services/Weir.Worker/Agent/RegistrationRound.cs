using Weir.Contracts.Registration;

namespace Weir.Worker.Agent;

/// <summary>
/// When a worker asks to be let in, and with which attempt. Only while its commands' queue is there: an answer could not reach it before,
/// and what waited for the broker all the same would come in as one life after another, each the end of the one before it.
/// </summary>
internal sealed class RegistrationRound(WorkerSelf self, WeirWorkerOptions options, Func<double> chance)
{
    // Queues that take longer were away with the broker.
    private static readonly TimeSpan RebuiltWithin = TimeSpan.FromSeconds(5);

    private RegistrationPace _pace = new(chance);
    private Registering? _asked;
    private TimeSpan? _askAt;
    private long _attempt;
    private bool _hears;
    private bool _doubts;
    private TimeSpan? _doubtedAt;

    /// <summary>When the attempt that is under way was first sent; null when none is.</summary>
    internal TimeSpan? SentAt => _asked?.SentAt;

    internal bool IsUnderWay(long attempt) => attempt == _asked?.Attempt;

    /// <summary>
    /// The commands' queue is there, for the first time or anew. What was asked before says nothing about the services, unless it was this worker
    /// that wanted the queue made anew: then what was asked is still to be answered, at the same pace.
    /// </summary>
    internal void Hears(TimeSpan now)
    {
        var isOwnDoing = now - _doubtedAt < RebuiltWithin;
        (_hears, _doubtedAt) = (true, null);
        if (isOwnDoing)
            return;
        _pace = new RegistrationPace(chance);
        After(now + TimeSpan.FromMilliseconds(200 * chance()));
    }

    /// <summary>The commands' queue is gone, and with it the answer to whatever was asked.</summary>
    internal void IsDeaf() => (_hears, _asked) = (false, null);

    /// <summary>A new attempt is due, as soon as the pace allows it.</summary>
    internal void Again(TimeSpan now)
    {
        After(now + _pace.Next());
        _doubts = _hears && _pace.DoubtsQueues;
    }

    /// <summary>Whether the worker's queues are to be made anew. Says so once.</summary>
    internal bool TakeDoubt(TimeSpan now)
    {
        if (!_doubts)
            return false;
        (_doubts, _doubtedAt) = (false, now);
        return true;
    }

    /// <summary>A life was given.</summary>
    internal void Done() => (_asked, _askAt) = (null, null);

    /// <summary>The life was renewed: the services keep up.</summary>
    internal void Renewed() => _pace.Renewed();

    /// <summary>What is to be sent now.</summary>
    /// <param name="now">The worker's own clock.</param>
    /// <param name="lease">How long a lease was the last time; null before the first.</param>
    /// <param name="streams">What the worker runs.</param>
    internal IReadOnlyList<RegisterWorker> Look(TimeSpan now, TimeSpan? lease, StreamTable streams)
    {
        if (!_hears)
            return [];
        if (now - _asked?.SentAt >= Registering.GivenUpAfter(lease))
            Again(now);
        if (_asked is null && now < _askAt)
            return [];
        _asked ??= Registering.Begin(self, options, ++_attempt, now, streams.List(), streams.Highest.Value);
        if (now < _asked.SendAgainAt)
            return [];
        _asked = _asked with { SendAgainAt = now + TimeSpan.FromSeconds(1 + chance()) };
        return _asked.Parts;
    }

    private void After(TimeSpan at) => (_asked, _askAt) = (null, at);
}
