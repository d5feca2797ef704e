using Microsoft.Extensions.Logging;

namespace Weir.Orchestrator;

internal static partial class OrchestratorLog
{
    [LoggerMessage(300, LogLevel.Warning, "The database is another one: era {Began} follows {Earlier}; nothing is granted until every live worker has listed its holdings")]
    internal static partial void EraBegan(ILogger logger, long began, long earlier);

    [LoggerMessage(301, LogLevel.Warning, "Every live worker was heard: era {Began} is open")]
    internal static partial void EraOpened(ILogger logger, long began);

    [LoggerMessage(302, LogLevel.Information, "Pool {Pool}: plan {Version} placed {Placed} and moves {Moving} streams, {Dropped} rows lost, in {ElapsedMs:0.0} ms")]
    internal static partial void Planned(ILogger logger, string pool, long version, int placed, int moving, int dropped, double elapsedMs);

    [LoggerMessage(303, LogLevel.Debug, "Pool {Pool}: a plan from version {Version} was dropped whole: {Why}")]
    internal static partial void PlanDropped(ILogger logger, string pool, long version, string why);

    [LoggerMessage(304, LogLevel.Warning, "The look was given up and is taken again after a period: {Reason}")]
    internal static partial void LookFailed(ILogger logger, string reason, Exception fault);

    [LoggerMessage(305, LogLevel.Error, "Pool {Pool}: what its changes added up to differs from the tables in {Count} places, the first being {First}; the tables are taken")]
    internal static partial void AuditDiffers(ILogger logger, string pool, int count, string first);

    [LoggerMessage(306, LogLevel.Warning, "Worker {Worker}, life {Incarnation}: {Count} streams run otherwise than the table grants; it is told again")]
    internal static partial void Repaired(ILogger logger, string worker, long incarnation, int count);

    [LoggerMessage(307, LogLevel.Information, "Worker {Worker} is back as life {Incarnation}: {Count} streams are kept or started there again")]
    internal static partial void Regranted(ILogger logger, string worker, long incarnation, int count);

    [LoggerMessage(308, LogLevel.Critical, "An invariant does not hold; the decision was stopped")]
    internal static partial void InvariantBroken(ILogger logger, Exception fault);

    [LoggerMessage(309, LogLevel.Error, "The settings of pool {Pool} cannot be used; it is not planned until they are mended")]
    internal static partial void SettingsRefused(ILogger logger, string pool, Exception fault);

    [LoggerMessage(310, LogLevel.Information, "Worker {Worker}, life {Incarnation}, differs from the table: it is asked what it holds")]
    internal static partial void DigestDiffers(ILogger logger, string worker, long incarnation);

    [LoggerMessage(313, LogLevel.Warning, "A request for a rebalance was dropped: its pool has {Pool} characters (1 to {PoolMax}), its key {Key} (0 to {KeyMax})")]
    internal static partial void RebalanceRefused(ILogger logger, int pool, int poolMax, int key, int keyMax);

    [LoggerMessage(314, LogLevel.Information, "The request {Key} for a rebalance of pool {Pool} waits already, or {Most} others do")]
    internal static partial void RebalanceNotKept(ILogger logger, string key, string pool, int most);

    [LoggerMessage(312, LogLevel.Information, "Nothing was rehearsed: {Reason}; the first migrations will take a second longer")]
    internal static partial void NotRehearsed(ILogger logger, string reason);

    [LoggerMessage(311, LogLevel.Information, "Pool {Pool}: the quarantine of {Count} streams is ended, the first being {First}")]
    internal static partial void QuarantineEnded(ILogger logger, string pool, int count, string first);
}
