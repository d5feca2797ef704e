using Npgsql;
using Weir.Outbox.TestHost.Shop;
using Weir.Outbox.Tests.Support;
using Weir.Testing.Servers;
using Weir.Testing.Traits;

namespace Weir.Outbox.Tests;

/// <summary>The tables on PostgreSQL are those of the official package, so that either can be put on them.</summary>
[Integration]
public sealed class TableTests : IAsyncLifetime
{
    private const string Describe =
        """
        SELECT line FROM (
            SELECT 1 AS part, table_name, ordinal_position AS at, concat_ws(' ', table_name || '.' || column_name, data_type || coalesce('(' || character_maximum_length || ')', ''),
                CASE is_nullable WHEN 'YES' THEN 'null' END, CASE is_identity WHEN 'YES' THEN 'identity' END) AS line
            FROM information_schema.columns WHERE table_schema = 'public'
            UNION ALL
            SELECT 2, tablename, 0, regexp_replace(indexdef, '^CREATE (UNIQUE )?INDEX "(.*)" ON public\.', '\2 \1') FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL
            SELECT 3, conrelid::regclass::text, 0, conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f'
        ) AS lines
        WHERE table_name LIKE '%InboxState%' OR table_name LIKE '%OutboxMessage%' OR table_name LIKE '%OutboxState%'
        ORDER BY part, table_name, lower(split_part(line, ' ', 1))
        """;

    private ServerScope _scope = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _scope = await (await TestServers.GetAsync(Cancel)).ScopeAsync("tables", Cancel);

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    [Fact]
    [Slow]
    public async Task Tables_AreTheOfficialOnes()
    {
        await using (await Shop.OpenAsync(new ShopSettings { Postgres = _scope.Database.ConnectionString, Delivers = false, Consumes = false }, Cancel))
        {
            // Its start made the tables.
        }

        await using var database = NpgsqlDataSource.Create(_scope.Database.ConnectionString);
        await using var command = database.CreateCommand(Describe);
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var lines = new List<string>();
        while (await reader.ReadAsync(Cancel)) lines.Add(reader.GetString(0));

        var expected = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "official-tables.txt"), Cancel);
        Assert.Equal(string.Join('\n', expected), string.Join('\n', lines));
    }
}
