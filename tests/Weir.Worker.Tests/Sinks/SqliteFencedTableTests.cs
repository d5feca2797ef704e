using System.Data.Common;
using Microsoft.Data.Sqlite;
using Weir.Testing.Traits;

namespace Weir.Worker.Tests.Sinks;

[Unit]
public sealed class SqliteFencedTableTests : FencedTableScenarios, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-table-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

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

    private protected override DbConnection Connect() => new SqliteConnection($"Data Source={Path.Combine(_folder, "sink.db")};Pooling=False");
}
