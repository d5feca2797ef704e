using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Weir.Persistence.Faults;

/// <summary>Judges an exception by the innermost thing that knows: the server's code, else what broke on the way to it.</summary>
internal static class FaultJudge
{
    // Npgsql has no type for it; a test against a real pool pins the words.
    private const string PoolWords = "connection pool has been exhausted";

    internal static Fault Judge(Exception exception)
    {
        for (Exception? at = exception; at is not null; at = at.InnerException)
        {
            switch (at)
            {
                case DatabaseFaultException known:
                    return new Fault(known.Category, known.SqlState);
                case PostgresException server:
                    return new Fault(SqlStates.Judge(server.SqlState), server.SqlState);
                case SqliteException file:
                    return new Fault(SqliteCodes.Judge(file.SqliteErrorCode), $"SQLITE_{file.SqliteErrorCode}");
                case DbUpdateConcurrencyException:
                    return new Fault(FaultCategory.Conflict, null);
                case NpgsqlException network when Judge(network) is { } category:
                    return new Fault(category, null);
            }
        }

        return new Fault(exception is OperationCanceledException ? FaultCategory.Cancelled : FaultCategory.Unknown, null);
    }

    /// <summary>Null when an inner exception knows better.</summary>
    private static FaultCategory? Judge(NpgsqlException network) => network.InnerException switch
    {
        PostgresException => null,
        TimeoutException when network.Message.Contains(PoolWords, StringComparison.Ordinal) => FaultCategory.PoolExhausted,
        TimeoutException => FaultCategory.Timeout,
        IOException or SocketException => FaultCategory.ConnectionLost,
        _ => network.IsTransient ? FaultCategory.ConnectionLost : null,
    };
}
