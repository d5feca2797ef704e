namespace Weir.Benchmarks.Outbox;

/// <summary>Rows that lie in the tables and must not matter: consumed messages, rows set aside, rows of a service that is down, deleted rows not yet cleaned.</summary>
internal static class OldRows
{
    public static async Task AddAsync(BenchHost host, int rows, CancellationToken cancel)
    {
        await host.RunAsync(
            $"""
            INSERT INTO "InboxState" ("MessageId", "ConsumerId", "LockId", "Received", "ReceiveCount", "Consumed", "Delivered")
            SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), now(), 1, now(), now() FROM generate_series(1, {rows});
            INSERT INTO "OutboxState" ("OutboxId", "LockId", "Created") SELECT gen_random_uuid(), gen_random_uuid(), now() FROM generate_series(1, 3);
            INSERT INTO "OutboxMessage" ("SentTime", "OutboxId", "MessageId", "ContentType", "MessageType", "Body")
            SELECT now(), (SELECT "OutboxId" FROM "OutboxState" ORDER BY "Created" DESC LIMIT 1), gen_random_uuid(), 'application/json', 'old', repeat('x', 300)
            FROM generate_series(1, {rows});
            """,
            cancel);
    }
}
