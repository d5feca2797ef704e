using Npgsql;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Servers;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace Weir.Persistence.Tests.Stage;

/// <summary>One PostgreSQL for the tests of this assembly that do not break it, with a fresh database for each that asks. No broker is started.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private DatabaseServer? _server;
    private int _databases;

    public async Task<DatabaseAddress> DatabaseAsync(CancellationToken cancel)
    {
        var server = await ServerAsync(cancel);
        var name = $"t{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(server.Address.Unpooled().ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}; ALTER DATABASE {name} SET deadlock_timeout = '100ms'", connection);
        foreach (var statement in command.CommandText.Split(';'))
        {
            await using var one = new NpgsqlCommand(statement, connection);
            await one.ExecuteNonQueryAsync(cancel);
        }

        return server.Address.On(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _gate.Dispose();
    }

    private async Task<DatabaseServer> ServerAsync(CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            return _server ??= await TestServers.OwnDatabaseAsync(cancel);
        }
        finally
        {
            _gate.Release();
        }
    }
}
