using System.Data.Common;
using Npgsql;
using Weir.Testing.Servers;
using Weir.Testing.Traits;

namespace Weir.Worker.Tests.Sinks;

[Integration]
public sealed class PostgresFencedTableTests : FencedTableScenarios, IClassFixture<ServersReady>, IAsyncLifetime
{
    private ServerScope _scope = null!;

    public async ValueTask InitializeAsync() =>
        _scope = await (await TestServers.GetAsync(TestContext.Current.CancellationToken)).ScopeAsync("fence", TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    [Fact]
    public Task OldEpoch_IsRefused_AfterANewerClaim_AndTheCheckpointIsPassedOn() => OldEpochIsRefusedAfterANewerClaimAndTheCheckpointIsPassedOnAsync();

    [Fact]
    public Task WriteThatFails_LeavesNothing() => WriteThatFailsLeavesNothingAsync();

    [Fact]
    public Task RacingOwners_NoWriteOfAnOlderEpochFollowsOneOfANewer() => RacingOwnersNoWriteOfAnOlderEpochFollowsOneOfANewerAsync();

    [Fact]
    public Task HandlersWrite_GoesOnUnderARaisedEpoch_AndIsLostToANewerOwner() => HandlersWriteGoesOnUnderARaisedEpochAndIsLostToANewerOwnerAsync();

    [Fact]
    public void TableName_ThatIsNone_IsRefused() => TableNameThatIsNoneIsRefused();

    private protected override DbConnection Connect() => new NpgsqlConnection(_scope.Database.ConnectionString);
}
