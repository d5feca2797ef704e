using System.Data.Common;
using Weir.Persistence.Settings;

namespace Weir.Cli.Storing;

/// <summary>Where the database is, and which kind. Never shown whole: it holds a password.</summary>
/// <param name="Kind">PostgreSQL where a host is named, SQLite where a file is.</param>
/// <param name="Text">The connection string.</param>
internal sealed record StoreAddress(DatabaseKind Kind, string Text)
{
    internal const string Variable = "WEIR_STORE";

    /// <summary>Reads the flag, or else the variable.</summary>
    /// <exception cref="InputException">Neither is given, or it names no database.</exception>
    internal static StoreAddress Of(string? flag, Func<string, string?> variable)
    {
        var text = flag ?? variable(Variable);
        if (string.IsNullOrWhiteSpace(text))
            throw new InputException($"No database is named: set {Variable}, or give --store \"Host=…;Database=…;Username=…;Password=…\" or --store \"Data Source=weir.db\"");

        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            throw new InputException("The database's address", "not a list of name=value pairs", "such as Host=127.0.0.1;Database=weir;Username=weir, or Data Source=weir.db");
        }

        if (parts.ContainsKey("Host"))
            return new(DatabaseKind.Postgres, text);
        return parts.ContainsKey("Data Source")
            ? new(DatabaseKind.Sqlite, text)
            : throw new InputException("The database's address", $"without a host or a file (it names {string.Join(", ", parts.Keys.Cast<string>())})", "one with Host=… (PostgreSQL) or Data Source=… (SQLite)");
    }

    public override string ToString() => Kind.ToString();
}
