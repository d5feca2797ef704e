using System.Data.Common;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Weir.Core.Eras;
using Weir.Persistence.Faults;
using Weir.Persistence.Schema;
using Weir.Persistence.Settings;

namespace Weir.Persistence.Postgres;

/// <summary>Looking at and bringing up a PostgreSQL.</summary>
internal sealed class PostgresSchema(IOptions<DatabaseOptions> options, PostgresConnections connections) : ISchemaAccess
{
    // Any number will do that nobody else uses on this database.
    private const long TurnKey = 0x57656972;

    private static readonly TimeSpan TurnTimeout = TimeSpan.FromSeconds(60);

    public string Database
    {
        get
        {
            var at = new NpgsqlConnectionStringBuilder(options.Value.ConnectionString);
            return $"The database '{at.Database}' at {at.Host}:{at.Port}";
        }
    }

    public bool IsMissing => false;

    public string CountHistories => $"SELECT count(to_regclass('{MigrationsHistory.Table}'))";

    public WeirDbContext Open(bool toMigrate)
    {
        var connection = toMigrate ? connections.ForMigration(TurnTimeout) : connections.Control;
        return new PostgresWeirDbContext(new DbContextOptionsBuilder<PostgresWeirDbContext>().UseNpgsql(connection, MigrationsHistory.On).Options);
    }

    public Task PrepareAsync(DbConnection connection, CancellationToken cancel) => Task.CompletedTask;

    public async Task TakeTurnAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"SELECT pg_advisory_xact_lock({TurnKey})";
        await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task<DatabaseIdentity> IdentifyAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"SELECT {PostgresIdentity.Columns}";
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new DatabaseIdentity(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
    }

    public async Task<bool> IsReadOnlyAsync(WeirDbContext db, CancellationToken cancel) =>
        (await db.Database.SqlQueryRaw<bool>("SELECT current_setting('transaction_read_only') = 'on' AS \"Value\"").ToListAsync(cancel))[0];

    public string? WhyUnreachable(Exception exception) => FaultJudge.Judge(exception) switch
    {
        { SqlState: PostgresErrorCodes.InvalidCatalogName } => "the server has no such database; create it first",
        { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } => "it does not let this role in",
        { SqlState: PostgresErrorCodes.InsufficientPrivilege } => $"this role may not use its table {MigrationsHistory.Table}",
        { Category: FaultCategory.LockTimeout } => $"another program is migrating it for more than {TurnTimeout.TotalSeconds:0} s",
        { Category: FaultCategory.ConnectionLost or FaultCategory.ServerUnavailable or FaultCategory.ServerFull or FaultCategory.Timeout } fault =>
            Root(exception) is SocketException socket ? $"{socket.SocketErrorCode}" : $"{fault.Category} {fault.SqlState}".TrimEnd(),
        _ => Root(exception) is SocketException name ? $"{name.SocketErrorCode}" : null,
    };

    private static Exception Root(Exception exception) => exception.GetBaseException();
}
