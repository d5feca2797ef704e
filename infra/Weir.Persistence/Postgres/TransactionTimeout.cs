using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using Npgsql;
using Weir.Persistence.Settings;

namespace Weir.Persistence.Postgres;

/// <summary>
/// From PostgreSQL 17 on the server ends a whole transaction that takes too long, whatever its process does. Older servers refuse
/// the setting, so it is set in each transaction and not at the start of a session.
/// </summary>
internal sealed class TransactionTimeout(IOptions<DatabaseOptions> options) : DbTransactionInterceptor
{
    private const int FirstMajor = 17;

    public override async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        if (Statement((connection as NpgsqlConnection)?.PostgreSqlVersion.Major ?? 0) is { } statement)
        {
            await using var command = connection.CreateCommand();
            command.Transaction = result;
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return result;
    }

    /// <summary>Null on a server that does not know it.</summary>
    internal string? Statement(int serverMajor) => serverMajor < FirstMajor
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"SET LOCAL transaction_timeout = {(long)(options.Value.Deadline + options.Value.CancelGrace).TotalMilliseconds}");
}
