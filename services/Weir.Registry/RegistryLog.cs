using Microsoft.Extensions.Logging;

namespace Weir.Registry;

internal static partial class RegistryLog
{
    [LoggerMessage(501, LogLevel.Information, "{Worker} registered: process {Process}, attempt {Attempt}, incarnation {Incarnation}, pool {Pool}")]
    internal static partial void Registered(ILogger logger, string worker, string process, long attempt, long incarnation, string pool);

    [LoggerMessage(502, LogLevel.Warning, "A registration of {Worker} is refused: {Why}")]
    internal static partial void RegistrationRefused(ILogger logger, string worker, string why);

    [LoggerMessage(503, LogLevel.Warning, "Registrations wait: the database's era is not open, or a worker knows epochs that it never drew")]
    internal static partial void RegistrationWaits(ILogger logger);

    [LoggerMessage(504, LogLevel.Warning, "{Worker}, incarnation {Incarnation}, is lost: {Reason}, quiet for {QuietMs:0} ms")]
    internal static partial void Lost(ILogger logger, string worker, long incarnation, string reason, double quietMs);

    [LoggerMessage(505, LogLevel.Information, "{Worker}, incarnation {Incarnation}, is silent for {QuietMs:0} ms")]
    internal static partial void Suspected(ILogger logger, string worker, long incarnation, double quietMs);

    [LoggerMessage(506, LogLevel.Information, "{Worker}, incarnation {Incarnation}, beats again")]
    internal static partial void Recovered(ILogger logger, string worker, long incarnation);

    [LoggerMessage(507, LogLevel.Warning, "{Worker} is cordoned: a handler of it did not end in time")]
    internal static partial void CordonedForStuck(ILogger logger, string worker);

    [LoggerMessage(508, LogLevel.Warning, "A look at the leases failed, all watches start anew: {Kind}: {Why}")]
    internal static partial void LookFailed(ILogger logger, string kind, string why);

    [LoggerMessage(509, LogLevel.Information, "The way of the beats is {State}: silence {Proof}")]
    internal static partial void Canary(ILogger logger, string state, string proof);

    [LoggerMessage(510, LogLevel.Warning, "{Silent} of {Live} workers are silent at once: they are given twice a lease")]
    internal static partial void MassSilence(ILogger logger, int silent, int live);

    [LoggerMessage(511, LogLevel.Warning, "The broker does not tell of queues that are gone (no exchange amq.rabbitmq.event in '{VirtualHost}': enable rabbitmq_event_exchange): a dead process is found by its silence alone, after {SilentSeconds} s instead of {GoneSeconds} s where a pool sets nothing else")]
    internal static partial void NoQueueEvents(ILogger logger, string virtualHost, double silentSeconds, double goneSeconds);

    [LoggerMessage(512, LogLevel.Information, "The broker tells of queues that are gone")]
    internal static partial void QueueEvents(ILogger logger);

    [LoggerMessage(513, LogLevel.Debug, "The broker's events cannot be read now: {Kind}: {Why}")]
    internal static partial void QueueEventsAway(ILogger logger, string kind, string why);

    [LoggerMessage(514, LogLevel.Warning, "{Count} beats could not be read and were dropped, the first: {Why}")]
    internal static partial void BeatsDropped(ILogger logger, int count, string why);

    [LoggerMessage(515, LogLevel.Warning, "An answer to {Worker} could not be sent: {Why}")]
    internal static partial void AnswerLost(ILogger logger, string worker, string why);

    [LoggerMessage(516, LogLevel.Information, "{Kind} of {Key} in pool {Pool}: {Added} added, {Changed} changed, {Withdrawn} withdrawn, {Unchanged} as they were")]
    internal static partial void Catalogue(ILogger logger, string kind, string key, string pool, int added, int changed, int withdrawn, int unchanged);

    [LoggerMessage(517, LogLevel.Warning, "{Kind} of {Key} in pool {Pool} is refused: {Why}")]
    internal static partial void CatalogueRefused(ILogger logger, string kind, string key, string pool, string why);

    [LoggerMessage(518, LogLevel.Information, "{Request} of {Worker} by {By}: {Outcome}")]
    internal static partial void Lifecycle(ILogger logger, string request, string worker, string by, string outcome);

    [LoggerMessage(519, LogLevel.Warning, "A clean-up failed and is tried again later: {Kind}: {Why}")]
    internal static partial void CleanupFailed(ILogger logger, string kind, string why);

    [LoggerMessage(520, LogLevel.Information, "{Worker}, incarnation {Incarnation}, is drained")]
    internal static partial void Drained(ILogger logger, string worker, long incarnation);
}
