using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Weir.Core.Eras;
using Weir.Persistence.Schema;

namespace Weir.Persistence.Sqlite;

/// <summary>Looking at and bringing up an SQLite file.</summary>
internal sealed class SqliteSchema(SqliteConnections connections) : ISchemaAccess
{
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    public string Database => $"The database file '{connections.File}'";

    public bool IsMissing => !File.Exists(connections.File);

    public string CountHistories => $"SELECT count(*) FROM sqlite_master WHERE name = '{MigrationsHistory.Table}'";

    public WeirDbContext Open(bool toMigrate) =>
        new SqliteWeirDbContext(new DbContextOptionsBuilder<SqliteWeirDbContext>().UseSqlite(connections.Connection(create: toMigrate), MigrationsHistory.On).Options);

    public async Task PrepareAsync(DbConnection connection, CancellationToken cancel)
    {
        // Readers then never wait for the writer. It stays with the file, and cannot be set inside a transaction.
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The transaction began as the only writer.</summary>
    public Task TakeTurnAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancel) => Task.CompletedTask;

    public async Task<DatabaseIdentity> IdentifyAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancel)
    {
        // An identity, not part of any decision: nothing that is replayed depends on it.
        var identity = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"UPDATE counters SET value = {identity} WHERE name = 'identity'";
        await command.ExecuteNonQueryAsync(cancel);
        return new DatabaseIdentity(identity, 1, 1);
    }

    public Task<bool> IsReadOnlyAsync(WeirDbContext db, CancellationToken cancel)
    {
        try
        {
            using var file = File.OpenHandle(connections.File, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return Task.FromResult(false);
        }
        catch (UnauthorizedAccessException)
        {
            return Task.FromResult(true);
        }
    }

    public string? WhyUnreachable(Exception exception) => exception.GetBaseException() switch
    {
        SqliteException { SqliteErrorCode: CannotOpen } => "the file cannot be opened or made",
        SqliteException { SqliteErrorCode: NotADatabase } => "the file is no SQLite database",
        _ => null,
    };
}
