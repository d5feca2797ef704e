using System.Data.Common;
using Npgsql;
using Weir.Testing.Servers;
using Weir.Testing.Traits;

namespace Weir.Worker.Radio.Tests.Plays;

[Integration]
[Slow]
public sealed class PostgresRadioHandlerTests : RadioHandlerScenarios, IAsyncLifetime
{
    private ServerScope _scope = null!;

    public async ValueTask InitializeAsync() =>
        _scope = await (await TestServers.GetAsync(TestContext.Current.CancellationToken)).ScopeAsync("radio", TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    [Fact]
    public Task Handler_Titles_BecomePlays() => PlaysAreWrittenAsync();

    [Fact]
    public Task Handler_AfterAMove_GoesOnWithTheRowAndTheOldOwnerIsShutOut() => MoveGoesOnWithTheRowAndShutsTheOldOwnerOutAsync();

    [Fact]
    public Task Handler_Released_WritesWhatWasHeardLast() => ReleaseWritesWhatWasHeardLastAsync();

    [Fact]
    public Task Handler_DatabaseIsAwayAndBack_LosesNoPlay() => DatabaseIsAwayAndBackLosesNoPlayAsync(
        () => RunAsync("alter table plays rename to plays_away"), () => RunAsync("alter table plays_away rename to plays"));

    private protected override RadioSinkKind Kind => RadioSinkKind.Postgres;

    private protected override string ConnectionString => _scope.Database.ConnectionString;

    private protected override DbConnection Connect() => new NpgsqlConnection(ConnectionString);

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
