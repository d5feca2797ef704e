using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Weir.Outbox.Dialects;

/// <summary>
/// Statements on a context's connection and in its transaction, past the change tracker. Every value is a parameter;
/// the text is made of our own constants and the model's names.
/// </summary>
internal readonly struct RawSql(DbContext db, TimeSpan timeout)
{
    public DbContext Db => db;

    public async Task<int> RunAsync(string text, CancellationToken cancel, params (string Name, object Value)[] values)
    {
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            await using var command = Command(text, values);
            return await command.ExecuteNonQueryAsync(cancel);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>As <see cref="RunAsync"/> for callers that may not await.</summary>
    public int Run(string text, params (string Name, object Value)[] values)
    {
        db.Database.OpenConnection();
        try
        {
            using var command = Command(text, values);
            return command.ExecuteNonQuery();
        }
        finally
        {
            db.Database.CloseConnection();
        }
    }

    /// <summary>Rows of the first result set of <paramref name="text"/> that is no lock's.</summary>
    public async Task<List<T>> ReadAsync<T>(
        string text, Func<DbDataReader, T> row, CancellationToken cancel, params (string Name, object Value)[] values)
    {
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            await using var command = Command(text, values);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            // Taking a lock answers too, with nothing to read.
            while (reader.FieldCount > 0 && reader.GetName(0) == OutboxDialect.LockColumn) await reader.NextResultAsync(cancel);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancel)) rows.Add(row(reader));
            return rows;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "The text is made of constants and the model's own names.")]
    private DbCommand Command(string text, (string Name, object Value)[] values)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = text;
        command.CommandType = CommandType.Text;
        command.CommandTimeout = (int)Math.Ceiling(timeout.TotalSeconds);
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
