using Npgsql;

namespace Weir.Testing.Servers;

internal static class DatabaseGreeting
{
    /// <summary>Returns once the server has let us in and answered a query.</summary>
    /// <exception cref="NpgsqlException">It did not.</exception>
    public static async Task ExchangeAsync(DatabaseAddress address, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(address.Unpooled().ConnectionString);
        await connection.OpenAsync(cancel);
        await using var query = new NpgsqlCommand("select 1", connection);
        await query.ExecuteScalarAsync(cancel);
    }
}
