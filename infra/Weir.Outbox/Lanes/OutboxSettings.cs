using System.Data;
using Weir.Outbox.Dialects;

namespace Weir.Outbox.Lanes;

/// <summary>The options of one outbox, checked and fixed.</summary>
internal sealed record OutboxSettings(
    string Lane,
    OutboxDialect Dialect,
    TimeSpan QueryDelay,
    int QueryMessageLimit,
    TimeSpan QueryTimeout,
    TimeSpan DuplicateDetectionWindow,
    IsolationLevel IsolationLevel,
    int MessageDeliveryLimit,
    TimeSpan MessageDeliveryTimeout,
    int MessageBytesMax);
