using Microsoft.Extensions.Logging;

namespace Weir.Worker.Agent;

/// <summary>What a worker says in its log. Event ids 200 to 229.</summary>
internal static partial class WorkerLog
{
    [LoggerMessage(200, LogLevel.Information, "Stream {Stream} starts under epoch {Epoch}")]
    internal static partial void Starting(ILogger logger, string stream, long epoch);

    [LoggerMessage(201, LogLevel.Information, "Stream {Stream} goes on under epoch {Epoch}")]
    internal static partial void Raised(ILogger logger, string stream, long epoch);

    [LoggerMessage(202, LogLevel.Information, "Stream {Stream} is told to stop at epoch {Epoch}: {Reason}")]
    internal static partial void Stopping(ILogger logger, string stream, long epoch, StopReason reason);

    [LoggerMessage(203, LogLevel.Information, "Stream {Stream} has ended at epoch {Epoch} ({Reason})")]
    internal static partial void Ended(ILogger logger, string stream, long epoch, StopReason reason, Exception? fault);

    [LoggerMessage(204, LogLevel.Warning, "Stream {Stream} lost its sink at epoch {Epoch}: a newer owner has claimed it")]
    internal static partial void ClaimRefused(ILogger logger, string stream, long epoch, Exception fault);

    [LoggerMessage(205, LogLevel.Warning, "Stream {Stream} could not be claimed anew at epoch {Epoch}: trying again in a second")]
    internal static partial void ClaimFailed(ILogger logger, string stream, long epoch, Exception fault);

    [LoggerMessage(206, LogLevel.Warning, "Stream {Stream} of kind {Kind} is Fenced, and its handler on worker {Worker} has not claimed its sink for {Seconds:0} s: until it does the stream does not count as started (epoch {Epoch}), and it is soon taken back. Let the handler call StreamLease.ClaimAsync before it reads its checkpoint, with FencedTable, FencedFile or a claim of its own, or declare the stream Unfenced")]
    internal static partial void Unclaimed(ILogger logger, string stream, string kind, string worker, double seconds, long epoch);

    [LoggerMessage(207, LogLevel.Warning, "Stream {Stream} of kind {Kind} is Fenced, and the claim of its sink on worker {Worker} has not succeeded for {Seconds:0} s: until it does the stream does not count as started (epoch {Epoch}), and it is soon taken back. See whether the sink is slow or away, and whether the handler waits in its claim")]
    internal static partial void ClaimLate(ILogger logger, string stream, string kind, string worker, double seconds, long epoch);

    [LoggerMessage(210, LogLevel.Information, "Worker {Worker} (process {Process}) has life {Incarnation}: beat {BeatMs} ms, lease {LeaseMs} ms")]
    internal static partial void Registered(ILogger logger, string worker, string process, long incarnation, int beatMs, int leaseMs);

    [LoggerMessage(211, LogLevel.Warning, "Life {Incarnation} of worker {Worker} has lapsed: no beat was acknowledged in time. {Running} streams run, those in local mode go on; registering anew")]
    internal static partial void Lapsed(ILogger logger, string worker, long incarnation, int running);

    [LoggerMessage(212, LogLevel.Warning, "Life {Incarnation} of worker {Worker} is over ({Why}): registering anew")]
    internal static partial void Refused(ILogger logger, string worker, long incarnation, string why);

    [LoggerMessage(213, LogLevel.Critical, "A newer process has the name of worker {Worker}: this one, {Process}, stops its streams and ends with exit code 3. {Reason}")]
    internal static partial void Superseded(ILogger logger, string worker, string process, string reason);

    [LoggerMessage(214, LogLevel.Critical, "The registration of worker {Worker} was refused: {Reason} The process ends with exit code 2")]
    internal static partial void RegistrationRefused(ILogger logger, string worker, string reason);

    [LoggerMessage(215, LogLevel.Critical, "Stream {Stream} still runs at nine tenths of its lease (epoch {Epoch}, {Reason}): the process ends now with exit code 70")]
    internal static partial void MustExit(ILogger logger, string stream, long epoch, StopReason reason);

    [LoggerMessage(216, LogLevel.Error, "{Stuck} handlers of worker {Worker} were told to stop and have not ended in time")]
    internal static partial void Stuck(ILogger logger, string worker, int stuck);

    [LoggerMessage(217, LogLevel.Information, "Worker {Worker} is being emptied: {Running} streams")]
    internal static partial void Draining(ILogger logger, string worker, int running);

    [LoggerMessage(218, LogLevel.Warning, "{Running} streams of worker {Worker} were not taken in time: they are stopped here")]
    internal static partial void DrainForced(ILogger logger, string worker, int running);

    [LoggerMessage(219, LogLevel.Warning, "{Running} handlers of worker {Worker} have not ended: the process leaves without its last word")]
    internal static partial void LeftRunning(ILogger logger, string worker, int running);

    [LoggerMessage(220, LogLevel.Information, "Worker {Worker} has stopped")]
    internal static partial void Stopped(ILogger logger, string worker);

    [LoggerMessage(221, LogLevel.Debug, "{Message} for life {Incarnation} dropped: this is {Own}")]
    internal static partial void OtherLife(ILogger logger, string message, long incarnation, long own);

    [LoggerMessage(222, LogLevel.Warning, "Nobody vouches for the last process of worker {Worker}: {Why}. Streams it may still run wait its lease out")]
    internal static partial void NoLock(ILogger logger, string worker, string why);

    [LoggerMessage(223, LogLevel.Warning, "{Message} could not be sent: {Why}")]
    internal static partial void NotSent(ILogger logger, string message, string why);

    [LoggerMessage(224, LogLevel.Warning, "{Message} was given up after {Seconds:0} s; whoever waits for it asks again")]
    internal static partial void GivenUp(ILogger logger, string message, double seconds);

    [LoggerMessage(225, LogLevel.Error, "A step of worker {Worker}'s watch failed: the process goes on, its lease is not renewed by this step")]
    internal static partial void WatchFailed(ILogger logger, string worker, Exception fault);

    [LoggerMessage(226, LogLevel.Warning, "Worker {Worker} asks in vain: its queues are made anew, in case they are not read")]
    internal static partial void QueuesDoubted(ILogger logger, string worker);
}
