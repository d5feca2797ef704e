using Microsoft.Extensions.Logging;

namespace Weir.Outbox.Inbox;

/// <summary>What the inbox says.</summary>
internal static partial class InboxLog
{
    [LoggerMessage(1, LogLevel.Warning, "Old inbox rows could not be deleted; the next look is in 10 s")]
    public static partial void CleanupFailed(ILogger logger, Exception exception);
}
