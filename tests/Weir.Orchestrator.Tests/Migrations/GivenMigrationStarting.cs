using Weir.Contracts.Migrations;
using Weir.Contracts.Ownership;
using Weir.Core.Assignments;
using Weir.Core.Sagas;
using Weir.Orchestrator.Migrations;
using Weir.Orchestrator.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Orchestrator.Tests.Migrations;

/// <summary>The new owner was told to start.</summary>
[Unit]
public sealed class GivenMigrationStarting
{
    [Fact]
    public async Task WhenTheNewOwnerRunsIt_ThenItIsCompletedAndItsGapIsTold()
    {
        await using var bench = await Bench.StartAsync();
        var move = await MoveOnBench.StartingAsync(bench, saga: saga => saga.Deadline += TimeSpan.FromSeconds(1));

        await bench.SendAsync("migrations", new MigrationHeard(move.Id, MigrationEventKind.Started, move.Target.Value, MoveOnBench.TargetEpoch));

        var row = await bench.Given.RowOfAsync("s1");
        Assert.Equal((AssignmentState.Owned, false), (row.State, row.Migrating));
        Assert.Equal(MigrationState.Completed, (await bench.Given.MigrationsAsync()).Single().State);
        Assert.True(await bench.SaidAsync<MigrationCompleted>(told => told is { FromWorkerId: "w1", ToWorkerId: "w2", GapMs: >= 0 }));
        Assert.True(await bench.SaidAsync<StreamsRunning>());
    }

    [Fact]
    public async Task WhenTheNewOwnerRefuses_ThenItIsRolledBack()
    {
        await using var bench = await Bench.StartAsync();
        var move = await MoveOnBench.StartingAsync(bench);

        await bench.SendAsync("migrations", new MigrationHeard(move.Id, MigrationEventKind.Stopped, move.Target.Value, MoveOnBench.TargetEpoch));

        Assert.Equal(MigrationState.RolledBack, (await bench.Given.MigrationsAsync()).Single().State);
        Assert.Equal(AssignmentState.Unowned, (await bench.Given.RowOfAsync("s1")).State);
        Assert.True(await bench.SaidAsync<MigrationRolledBack>());
    }

    [Fact]
    public async Task WhenNoAnswerCame_ThenTheSameStartIsSentAgain()
    {
        await using var bench = await Bench.StartAsync();
        var move = await MoveOnBench.StartingAsync(bench);

        await bench.SendAsync("migrations", new MigrationDue(move.Id));

        Assert.Equal(1, (await bench.Given.MigrationsAsync()).Single().Asked);
        Assert.True(await bench.SaidAsync<StartStreams>(sent => sent.Streams[0] is { Epoch: MoveOnBench.TargetEpoch, Kind: "ticker" }));
    }

    [Fact]
    public async Task WhenItWasAskedThreeTimes_ThenTheTargetsEpochIsTakenBack()
    {
        await using var bench = await Bench.StartAsync();
        var move = await MoveOnBench.StartingAsync(bench, saga: saga => saga.Asked = Asking.StartsMax);

        await bench.SendAsync("migrations", new MigrationDue(move.Id));

        var row = await bench.Given.RowOfAsync("s1");
        Assert.Equal(MigrationState.RolledBack, (await bench.Given.MigrationsAsync()).Single().State);
        Assert.Equal((AssignmentState.Releasing, move.Target, false), (row.State, row.Incarnation, row.Migrating));
        Assert.True(await bench.SaidAsync<ReleaseStreams>(sent => sent.Streams[0].Epoch == MoveOnBench.TargetEpoch));
        Assert.True(await bench.SaidAsync<StreamsReleasing>());
    }

    [Fact]
    public async Task WhenTheTargetIsLost_ThenItIsRolledBackAndTheRowWaitsForTheRuleOfGrants()
    {
        await using var bench = await Bench.StartAsync();
        var move = await MoveOnBench.StartingAsync(bench);
        await bench.Given.FenceAsync(move.Target);

        await bench.SendAsync("migrations", new MigrationDue(move.Id));

        var row = await bench.Given.RowOfAsync("s1");
        Assert.Equal(MigrationState.RolledBack, (await bench.Given.MigrationsAsync()).Single().State);
        Assert.Equal((AssignmentState.Starting, move.Target, false), (row.State, row.Incarnation, row.Migrating));
    }

    [Theory]
    [InlineData(MigrationState.Completed)]
    [InlineData(MigrationState.RolledBack)]
    [InlineData(MigrationState.Failed)]
    public async Task WhenItIsOver_ThenLateWordsAreIgnored(MigrationState end)
    {
        await using var bench = await Bench.StartAsync();
        var move = await MoveOnBench.StartingAsync(bench, saga: saga => saga.State = end);

        await bench.SendAsync("migrations", new MigrationHeard(move.Id, MigrationEventKind.Started, move.Target.Value, MoveOnBench.TargetEpoch));
        await bench.SendAsync("migrations", new MigrationDue(move.Id));

        Assert.Equal(end, (await bench.Given.MigrationsAsync()).Single().State);
        Assert.Equal(AssignmentState.Starting, (await bench.Given.RowOfAsync("s1")).State);
        Assert.False(await bench.SaidAsync<MigrationCompleted>());
    }

    [Fact]
    public async Task WhenNobodyKnowsTheMigration_ThenTheWordIsDropped()
    {
        await using var bench = await Bench.StartAsync();

        await bench.SendAsync("migrations", new MigrationDue(Guid.Parse("0b9c2c3e-7c1f-4f0e-9d58-3f6f5f8f0002")));

        Assert.Empty(await bench.Given.MigrationsAsync());
    }
}
