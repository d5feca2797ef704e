namespace Weir.Outbox.Dialects;

/// <summary>Many rows of the outbox as one statement: an array a column. As rows of their own they are twenty parameters each.</summary>
internal static class PostgresRows
{
    private static readonly (string Property, Func<IReadOnlyList<OutboxMessage>, object> Values)[] Columns =
    [
        (nameof(OutboxMessage.OutboxId), rows => rows.Select(row => row.OutboxId).ToArray()),
        (nameof(OutboxMessage.EnqueueTime), rows => rows.Select(row => row.EnqueueTime).ToArray()),
        (nameof(OutboxMessage.SentTime), rows => rows.Select(row => row.SentTime).ToArray()),
        (nameof(OutboxMessage.ExpirationTime), rows => rows.Select(row => row.ExpirationTime).ToArray()),
        (nameof(OutboxMessage.MessageId), rows => rows.Select(row => row.MessageId).ToArray()),
        (nameof(OutboxMessage.ConversationId), rows => rows.Select(row => row.ConversationId).ToArray()),
        (nameof(OutboxMessage.CorrelationId), rows => rows.Select(row => row.CorrelationId).ToArray()),
        (nameof(OutboxMessage.InitiatorId), rows => rows.Select(row => row.InitiatorId).ToArray()),
        (nameof(OutboxMessage.RequestId), rows => rows.Select(row => row.RequestId).ToArray()),
        (nameof(OutboxMessage.SourceAddress), rows => rows.Select(row => row.SourceAddress).ToArray()),
        (nameof(OutboxMessage.DestinationAddress), rows => rows.Select(row => row.DestinationAddress).ToArray()),
        (nameof(OutboxMessage.ResponseAddress), rows => rows.Select(row => row.ResponseAddress).ToArray()),
        (nameof(OutboxMessage.FaultAddress), rows => rows.Select(row => row.FaultAddress).ToArray()),
        (nameof(OutboxMessage.ContentType), rows => rows.Select(row => row.ContentType).ToArray()),
        (nameof(OutboxMessage.MessageType), rows => rows.Select(row => row.MessageType).ToArray()),
        (nameof(OutboxMessage.Body), rows => rows.Select(row => row.Body).ToArray()),
        (nameof(OutboxMessage.Headers), rows => rows.Select(row => row.Headers).ToArray()),
        (nameof(OutboxMessage.Properties), rows => rows.Select(row => row.Properties).ToArray()),
    ];

    // Sorted by their place, so that the numbers which the table gives follow it.
    public static Task InsertAsync(RawSql sql, TableNames names, IReadOnlyList<OutboxMessage> rows, CancellationToken cancel)
    {
        var columns = string.Join(", ", Columns.Select(column => names.Column(column.Property)));
        var parameters = string.Join(", ", Columns.Select(column => $"@{column.Property}"));
        return sql.RunAsync(
            $"""
            INSERT INTO {names.Outbox} ({columns})
            SELECT {columns} FROM unnest({parameters}) WITH ORDINALITY AS row_of({columns}, weir_place) ORDER BY weir_place
            """,
            cancel,
            [.. Columns.Select(column => (column.Property, column.Values(rows)))]);
    }
}
