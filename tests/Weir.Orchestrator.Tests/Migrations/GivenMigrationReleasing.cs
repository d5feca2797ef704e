using Weir.Contracts.Migrations;
using Weir.Contracts.Ownership;
using Weir.Core.Assignments;
using Weir.Core.Sagas;
using Weir.Orchestrator.Migrations;
using Weir.Orchestrator.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Orchestrator.Tests.Migrations;

/// <summary>The old owner was told to stop.</summary>
[Unit]
public sealed class GivenMigrationReleasing
{
    [Fact]
    public async Task WhenTheOldOwnerReleases_ThenTheNewOneIsStartedAtAHigherEpoch()
    {
        await using var bench = await Bench.StartAsync();
        var move = await MoveOnBench.ReleasingAsync(bench);

        await bench.SendAsync("migrations", new MigrationHeard(move.Id, MigrationEventKind.Stopped, move.Source.Value, MoveOnBench.Epoch));

        var (row, saga) = (await bench.Given.RowOfAsync("s1"), (await bench.Given.MigrationsAsync()).Single());
        Assert.Equal((AssignmentState.Starting, move.Target, true), (row.State, row.Incarnation, row.Migrating));
        Assert.True(row.Epoch.Value > MoveOnBench.Epoch);
        Assert.Equal((MigrationState.Starting, row.Epoch), (saga.State, saga.TargetEpoch));
        Assert.True(await bench.SaidAsync<StartStreams>(sent => sent.Incarnation == move.Target.Value));
        Assert.True(await bench.SaidAsync<StreamsAssigned>(told => told.Streams[0].FromWorkerId == "w1"));
    }

    [Fact]
    public async Task WhenAnEarlierReleaseArrives_ThenNothingChanges()
    {
        await using var bench = await Bench.StartAsync();
        var move = await MoveOnBench.ReleasingAsync(bench);

        await bench.SendAsync("migrations", new MigrationHeard(move.Id, MigrationEventKind.Stopped, move.Source.Value, MoveOnBench.Epoch - 1));

        Assert.Equal(MigrationState.Releasing, (await bench.Given.MigrationsAsync()).Single().State);
        Assert.Equal(AssignmentState.Releasing, (await bench.Given.RowOfAsync("s1")).State);
    }

    [Fact]
    public async Task WhenTheOldOwnerIsFenced_ThenTheNewOneIsStarted()
    {
        await using var bench = await Bench.StartAsync();
        var move = await MoveOnBench.ReleasingAsync(bench);
        await bench.Given.FenceAsync(move.Source);

        await bench.SendAsync("migrations", new MigrationDue(move.Id));

        Assert.Equal(MigrationState.Starting, (await bench.Given.MigrationsAsync()).Single().State);
        Assert.True(await bench.SaidAsync<StartStreams>());
    }

    [Fact]
    public async Task WhenNoAnswerCame_ThenTheSameReleaseIsSentAgain()
    {
        await using var bench = await Bench.StartAsync();
        var move = await MoveOnBench.ReleasingAsync(bench);

        await bench.SendAsync("migrations", new MigrationDue(move.Id));

        var saga = (await bench.Given.MigrationsAsync()).Single();
        Assert.Equal((MigrationState.Releasing, 1), (saga.State, saga.Asked));
        Assert.True(await bench.SaidAsync<ReleaseStreams>(sent => sent.Streams[0].Epoch == MoveOnBench.Epoch));
    }

    [Fact]
    public async Task WhenTheTargetIsGoneAtTheRelease_ThenItIsRolledBackAndTheStreamIsFree()
    {
        await using var bench = await Bench.StartAsync();
        var move = await MoveOnBench.ReleasingAsync(bench);
        await bench.Given.FenceAsync(move.Target);

        await bench.SendAsync("migrations", new MigrationHeard(move.Id, MigrationEventKind.Stopped, move.Source.Value, MoveOnBench.Epoch));

        var saga = (await bench.Given.MigrationsAsync()).Single();
        Assert.Equal(MigrationState.RolledBack, saga.State);
        Assert.NotNull(saga.EndedAt);
        Assert.Equal((AssignmentState.Unowned, Weir.Core.Assignments.UnownedReason.RolledBack), ((await bench.Given.RowOfAsync("s1")).State, (await bench.Given.RowOfAsync("s1")).Reason));
        Assert.True(await bench.SaidAsync<MigrationRolledBack>());
        Assert.True(await bench.SaidAsync<StreamsUnowned>());
    }

    [Fact]
    public async Task WhenTheOldOwnersHandlerIsStuck_ThenItFailsAndTheStreamStaysWhereItIs()
    {
        await using var bench = await Bench.StartAsync();
        var move = await MoveOnBench.ReleasingAsync(bench);

        await bench.SendAsync("migrations", new MigrationHeard(move.Id, MigrationEventKind.Stuck, move.Source.Value, MoveOnBench.Epoch));

        var row = await bench.Given.RowOfAsync("s1");
        Assert.Equal(MigrationState.Failed, (await bench.Given.MigrationsAsync()).Single().State);
        Assert.Equal((AssignmentState.Releasing, move.Source, false), (row.State, row.Incarnation, row.Migrating));
        Assert.True(await bench.SaidAsync<MigrationFailed>());
    }

    [Fact]
    public async Task WhenTheRowWentOnWithoutIt_ThenItIsRolledBackAndTheRowStays()
    {
        await using var bench = await Bench.StartAsync();
        var move = await MoveOnBench.ReleasingAsync(bench, row => (row.Migrating, row.State) = (false, AssignmentState.Owned));

        await bench.SendAsync("migrations", new MigrationDue(move.Id));

        Assert.Equal(MigrationState.RolledBack, (await bench.Given.MigrationsAsync()).Single().State);
        Assert.Equal(AssignmentState.Owned, (await bench.Given.RowOfAsync("s1")).State);
    }
}
