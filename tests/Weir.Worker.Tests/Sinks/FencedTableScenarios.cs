using System.Data.Common;
using Weir.Contracts.Ownership;
using Weir.Worker.Sinks;
using Weir.Worker.Tests.Stage;

namespace Weir.Worker.Tests.Sinks;

/// <summary>What a fenced table promises, the same on both databases.</summary>
public abstract class FencedTableScenarios
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected abstract DbConnection Connect();

    private protected async Task OldEpochIsRefusedAfterANewerClaimAndTheCheckpointIsPassedOnAsync()
    {
        var table = await MakeAsync("refused");
        Assert.Null(await table.ClaimAsync("s1", 1, Cancel));
        Assert.True(await table.TryWriteAsync("s1", 1, Row("refused", 1), "at 1", Cancel));

        Assert.Equal("at 1", await table.ClaimAsync("s1", 2, Cancel));

        Assert.False(await table.TryWriteAsync("s1", 1, Row("refused", 1), "at 2", Cancel));
        Assert.False(await table.TryWriteAsync("s1", 3, Row("refused", 3), "never claimed", Cancel));
        await Assert.ThrowsAsync<LeaseLostException>(() => table.ClaimAsync("s1", 1, Cancel));
        Assert.Equal("at 1", await table.ClaimAsync("s1", 2, Cancel));
        Assert.Equal([1], await EpochsAsync("refused"));
    }

    private protected async Task WriteThatFailsLeavesNothingAsync()
    {
        var table = await MakeAsync("failed");
        await table.ClaimAsync("s1", 1, Cancel);

        await Assert.ThrowsAsync<FormatException>(() => table.TryWriteAsync(
            "s1",
            1,
            async (transaction, cancel) =>
            {
                await Row("failed", 1)(transaction, cancel);
                throw new FormatException("planted");
            },
            "at 1",
            Cancel));

        Assert.Empty(await EpochsAsync("failed"));
        Assert.Null(await table.ClaimAsync("s1", 1, Cancel));
    }

    private protected async Task RacingOwnersNoWriteOfAnOlderEpochFollowsOneOfANewerAsync()
    {
        var table = await MakeAsync("raced");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(racer => Task.Run(async () =>
        {
            for (var round = 0; round < 10; round++)
            {
                var epoch = 1 + (round * 4) + racer;
                try
                {
                    await table.ClaimAsync("s1", epoch, Cancel);
                    for (var i = 0; i < 3; i++)
                        await table.TryWriteAsync("s1", epoch, Row("raced", epoch), checkpoint: null, Cancel);
                }
                catch (LeaseLostException)
                {
                    continue; // another racer was ahead
                }
            }
        })));

        var epochs = await EpochsAsync("raced");
        Assert.NotEmpty(epochs);
        Assert.Equal(epochs.Order(), epochs);
    }

    private protected async Task HandlersWriteGoesOnUnderARaisedEpochAndIsLostToANewerOwnerAsync()
    {
        var table = await MakeAsync("handled");
        var probe = new Probe
        {
            Does = async (lease, stop) =>
            {
                await lease.ClaimAsync(table, stop);
                await Probe.WaitAsync(stop);
            },
        };
        await using var host = await ProbeHost.StartAsync(probe);
        var first = await host.Grant("s1", streamClass: StreamClass.Fenced);
        var lease = probe.Leases["s1"];
        await table.WriteAsync(lease, Row("handled", first), "at 1", Cancel);
        var second = await host.Raise("s1", streamClass: StreamClass.Fenced);

        await table.WriteAsync(lease, Row("handled", second), "at 2", Cancel);
        await table.ClaimAsync("s1", second + 1000, Cancel);

        await Assert.ThrowsAsync<LeaseLostException>(() => table.WriteAsync(lease, Row("handled", second), "at 3", Cancel));
        Assert.Equal([first, second], await EpochsAsync("handled"));
    }

    private protected void TableNameThatIsNoneIsRefused() => Assert.Throws<ArgumentException>(() => new FencedTable(Connect, "a; drop table b"));

    private async Task<FencedTable> MakeAsync(string name)
    {
        var table = new FencedTable(Connect, $"fence_{name}");
        await table.CreateAsync(Cancel);
        await using var connection = Connect();
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        var number = connection.GetType().Name.StartsWith("Sqlite", StringComparison.Ordinal) ? "integer primary key" : "bigint generated always as identity primary key";
        command.CommandText = $"create table rows_{name} (number {number}, epoch bigint not null)";
        await command.ExecuteNonQueryAsync(Cancel);
        return table;
    }

    private static Func<DbTransaction, CancellationToken, Task> Row(string name, long epoch) => async (transaction, cancel) =>
    {
        await using var command = transaction.Connection!.CreateCommand();
        (command.CommandText, command.Transaction) = ($"insert into rows_{name} (epoch) values ({epoch})", transaction);
        await command.ExecuteNonQueryAsync(cancel);
    };

    private async Task<List<long>> EpochsAsync(string name)
    {
        await using var connection = Connect();
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = $"select epoch from rows_{name} order by number";
        await using var rows = await command.ExecuteReaderAsync(Cancel);
        var epochs = new List<long>();
        while (await rows.ReadAsync(Cancel))
            epochs.Add(rows.GetInt64(0));
        return epochs;
    }
}
