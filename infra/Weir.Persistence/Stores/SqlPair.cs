using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Weir.Persistence.Stores;

/// <summary>One statement in both databases' words. Rows go in as one JSON array, so that both take the same parameters.</summary>
/// <param name="Postgres">For PostgreSQL.</param>
/// <param name="Sqlite">For SQLite.</param>
internal sealed record SqlPair(string Postgres, string Sqlite)
{
    /// <summary>The statement on a context's connection and in its transaction. Whoever asks disposes it.</summary>
    internal async Task<DbCommand> OnAsync(WeirDbContext db, CancellationToken cancel, params (string Name, object Value)[] parameters)
    {
        await db.Database.OpenConnectionAsync(cancel);
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = db.Database.IsNpgsql() ? Postgres : Sqlite;
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>Runs it and reads every row it returns.</summary>
    internal async Task<List<T>> ReadAsync<T>(WeirDbContext db, Func<DbDataReader, T> row, CancellationToken cancel, params (string Name, object Value)[] parameters)
    {
        await using var command = await OnAsync(db, cancel, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(row(reader));
        return rows;
    }
}
