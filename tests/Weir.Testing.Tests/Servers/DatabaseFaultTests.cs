using Npgsql;
using Weir.Testing.Servers;
using Weir.Testing.Waiting;

namespace Weir.Testing.Tests.Servers;

public abstract class DatabaseFaultTests : OwnServerTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Database_KilledAndRestarted_KeepsItsPortAndData()
    {
        await using var database = await (await UsableSourceAsync()).StartDatabaseAsync(Cancel);
        await RunAsync(database, "create table kept(n int); insert into kept values (7)");

        await database.KillAsync(Cancel);
        var whileDown = await Record.ExceptionAsync(() => RunAsync(database, "select 1"));
        await database.RestartAsync(Cancel);

        Assert.IsAssignableFrom<NpgsqlException>(whileDown);
        Assert.Equal(7, await RunAsync(database, "select n from kept"));
    }

    [Fact]
    public async Task Database_Frozen_AnswersNoOpenConnectionUntilThawed()
    {
        await using var database = await (await UsableSourceAsync()).StartDatabaseAsync(Cancel);
        await using var connection = new NpgsqlConnection(database.Address.Unpooled().ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var query = new NpgsqlCommand("select 42", connection) { CommandTimeout = 0 };

        await database.FreezeAsync(Cancel);
        var asked = query.ExecuteScalarAsync(Cancel);
        var newcomer = await Record.ExceptionAsync(() => OpenAsync(database, seconds: 1));
        var answeredWhileFrozen = asked.IsCompleted;
        await database.ThawAsync(Cancel);

        Assert.NotNull(newcomer);
        Assert.False(answeredWhileFrozen, $"{database} answered while it was frozen");
        Assert.Equal(42, await asked.WaitAsync(Patience.Scale(Bound), Cancel));
    }

    private static async Task<object?> RunAsync(DatabaseServer database, string sql)
    {
        await using var connection = await OpenAsync(database, seconds: 10);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancel);
    }

    private static async Task<NpgsqlConnection> OpenAsync(DatabaseServer database, int seconds)
    {
        var connection = new NpgsqlConnection($"{database.Address.Unpooled().ConnectionString};Timeout={seconds}");
        await connection.OpenAsync(Cancel);
        return connection;
    }
}
