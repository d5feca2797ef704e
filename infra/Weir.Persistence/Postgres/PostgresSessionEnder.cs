using Microsoft.Extensions.Logging;
using Npgsql;
using Weir.Persistence.Resilience;

namespace Weir.Persistence.Postgres;

/// <summary>Ends a session through a connection of its own, so that an exhausted pool does not keep it from doing so.</summary>
internal sealed partial class PostgresSessionEnder(PostgresConnections connections, ILogger<DatabaseResilience> logger) : ISessionEnder
{
    public Task EndStatementAsync(SessionHandle session, TimeSpan transactionAge, Func<bool> isOver) =>
        AskAsync("pg_cancel_backend", session, transactionAge, isOver);

    public Task EndSessionAsync(SessionHandle session, TimeSpan transactionAge, Func<bool> isOver) =>
        AskAsync("pg_terminate_backend", session, transactionAge, isOver);

    private async Task AskAsync(string function, SessionHandle session, TimeSpan transactionAge, Func<bool> isOver)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connections.Control);
            await connection.OpenAsync();
            if (isOver() || session.Process is not { } process) return;

            await using var command = connection.CreateCommand();
            command.CommandText =
                $"SELECT count({function}(pid)) FROM pg_stat_activity WHERE pid = $1 AND usename = current_user AND xact_start <= clock_timestamp() - $2";
            command.Parameters.Add(new NpgsqlParameter { Value = process });
            command.Parameters.Add(new NpgsqlParameter { Value = transactionAge });
            var ended = await command.ExecuteScalarAsync() is > 0L;
            LogEnding(function, process, ended);
        }
        catch (NpgsqlException e)
        {
            // The server's own time-outs end it a little later.
            LogNotReached(function, (e as PostgresException)?.SqlState ?? "none");
        }
    }

    [LoggerMessage(EventId = 2011, Level = LogLevel.Warning, Message = "{Function} for session {Process}, which outlived its deadline: {Done}")]
    private partial void LogEnding(string function, int process, bool done);

    [LoggerMessage(EventId = 2012, Level = LogLevel.Warning, Message = "{Function} could not be asked for, SQLSTATE {SqlState}: the server's time-outs end the session")]
    private partial void LogNotReached(string function, string sqlState);
}
