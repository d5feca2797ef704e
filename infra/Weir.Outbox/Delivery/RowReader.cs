using System.Data.Common;
using Weir.Outbox.Dialects;

namespace Weir.Outbox.Delivery;

/// <summary>Reads the columns that delivery needs, in a fixed order.</summary>
internal static class RowReader
{
    private static readonly string[] Properties =
    [
        nameof(OutboxMessage.SequenceNumber), nameof(OutboxMessage.MessageId), nameof(OutboxMessage.SentTime), nameof(OutboxMessage.ContentType),
        nameof(OutboxMessage.MessageType), nameof(OutboxMessage.Body), nameof(OutboxMessage.Headers), nameof(OutboxMessage.Properties),
        nameof(OutboxMessage.ConversationId), nameof(OutboxMessage.CorrelationId), nameof(OutboxMessage.InitiatorId), nameof(OutboxMessage.RequestId),
        nameof(OutboxMessage.SourceAddress), nameof(OutboxMessage.DestinationAddress), nameof(OutboxMessage.ResponseAddress),
        nameof(OutboxMessage.FaultAddress), nameof(OutboxMessage.ExpirationTime),
    ];

    public static string Columns(TableNames names) => string.Join(", ", Properties.Select(names.Column));

    public static OutboxMessage Read(DbDataReader row) => new()
    {
        SequenceNumber = row.GetInt64(0),
        MessageId = row.GetGuid(1),
        SentTime = Utc(row.GetDateTime(2)),
        ContentType = row.GetString(3),
        MessageType = row.GetString(4),
        Body = row.GetString(5),
        Headers = Text(row, 6),
        Properties = Text(row, 7),
        ConversationId = Id(row, 8),
        CorrelationId = Id(row, 9),
        InitiatorId = Id(row, 10),
        RequestId = Id(row, 11),
        SourceAddress = Text(row, 12),
        DestinationAddress = Text(row, 13),
        ResponseAddress = Text(row, 14),
        FaultAddress = Text(row, 15),
        ExpirationTime = row.IsDBNull(16) ? null : Utc(row.GetDateTime(16)),
    };

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static Guid? Id(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);

    // SQLite keeps no kind; what was written is UTC.
    private static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);
}
