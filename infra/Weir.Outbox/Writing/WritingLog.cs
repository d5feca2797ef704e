using Microsoft.Extensions.Logging;

namespace Weir.Outbox.Writing;

/// <summary>What the writing side says.</summary>
internal static partial class WritingLog
{
    [LoggerMessage(1, LogLevel.Warning,
        "{Messages} messages were published in a scope whose {DbContext} was never saved after them: they are lost. Publish first, then SaveChanges.")]
    public static partial void NeverSaved(ILogger logger, int messages, string dbContext);
}
