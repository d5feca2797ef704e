using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Sagas;
using Weir.Orchestrator.Planning;
using Weir.Orchestrator.Tests.Stage;
using Weir.Orchestrator.Upkeep;
using Weir.Persistence.Rows;
using Weir.Testing.Traits;

namespace Weir.Orchestrator.Tests;

/// <summary>What the loop forgets after its time, by the database's clock, and what it never does.</summary>
[Unit]
public sealed class RetentionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task History_OfSevenDaysAgo_IsGoneAndWhatIsOpenOrYoungerIsNot()
    {
        await using var bench = await Bench.StartAsync();
        var now = await bench.NowAsync();
        var (old, young) = (now - TimeSpan.FromDays(7.01), now - TimeSpan.FromDays(6.99));
        foreach (var (version, at) in ((long, DateTime)[])[(1, old), (2, old), (3, young)]) await PlanAsync(bench, version, at);
        await MoveAsync(bench, 1, old, MigrationState.Completed);
        await MoveAsync(bench, 2, young, MigrationState.RolledBack);
        await MoveAsync(bench, 3, null, MigrationState.Releasing);

        await bench.Services.GetRequiredService<Retention>().LookAsync(Cancel);

        Assert.Equal([3], (await bench.Given.PlansAsync()).Select(plan => plan.Version));
        Assert.Equal(["m2", "m3"], (await bench.Given.MigrationsAsync()).Select(move => move.Stream.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task History_OfABusyWeek_IsGoneInOneLook()
    {
        await using var bench = await Bench.StartAsync();
        var old = await bench.NowAsync() - TimeSpan.FromDays(8);
        await bench.Given.RunAsync(db => db.Plans.AddRange(Enumerable.Range(1, 2_500).Select(version => Plan(version, old.AddSeconds(version)))));

        await bench.Services.GetRequiredService<Retention>().LookAsync(Cancel);

        Assert.Empty(await bench.Given.PlansAsync());
    }

    [Fact]
    public async Task Request_ThatNobodyPlannedForADay_IsForgotten()
    {
        await using var bench = await Bench.StartAsync();
        var now = await bench.NowAsync();
        await bench.Given.RunAsync(db => db.Rebalances.AddRange(
            new StoredRebalance { Pool = "nobody's", Key = "old", AskedAt = now - TimeSpan.FromHours(25) },
            new StoredRebalance { Pool = "nobody's", Key = "young", AskedAt = now - TimeSpan.FromHours(23) }));

        await bench.Services.GetRequiredService<Retention>().LookAsync(Cancel);

        Assert.Equal(["young"], await bench.Given.ReadAsync(db => db.Rebalances.Select(row => row.Key).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task Row_OfAStreamWithdrawnADayAgo_IsForgottenAndComesBackWhenItIsDeclaredAgain()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));
        await using var bench = await Bench.StartAsync(clock);
        var loop = bench.Services.GetRequiredService<PlannerLoop>();
        var now = await bench.NowAsync();
        await bench.Given.StreamsAsync(["gone", "young", "owned"]);
        var life = await bench.Given.WorkerAsync("w1", "p1");
        await bench.Given.RowAsync("gone", AssignmentState.Unowned, 1, "w1", life, row => row.Hold = StreamHold.Withdrawn);
        await bench.Given.RowAsync("young", AssignmentState.Unowned, 1, "w1", life, row => row.Hold = StreamHold.Withdrawn);
        await bench.Given.RowAsync("owned", AssignmentState.Owned, 1, "w1", life);
        await WithdrawAsync(bench, "gone", now - TimeSpan.FromHours(25));
        await WithdrawAsync(bench, "young", now - TimeSpan.FromHours(23));
        await WithdrawAsync(bench, "owned", now - TimeSpan.FromHours(25));

        await loop.LookAsync(Cancel);
        var left = (await bench.Given.RowsAsync()).ToDictionary(row => row.Stream.Value, row => row.State, StringComparer.Ordinal);
        await bench.Given.ChangeStreamAsync("gone", stream => (stream.Hold, stream.WithdrawnAt) = (StreamHold.None, null));
        clock.Advance(TimeSpan.FromSeconds(1));
        await loop.LookAsync(Cancel);

        // The one that a worker still has is taken back from it first.
        Assert.Equal([("owned", AssignmentState.Releasing), ("young", AssignmentState.Unowned)], left.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => (row.Key, row.Value)));
        Assert.Equal(AssignmentState.Starting, (await bench.Given.RowOfAsync("gone")).State);
    }

    [Fact]
    public async Task Row_ThatAnotherReplicaForgot_IsMadeAnewWhenItsStreamIsDeclaredAgain()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));
        await using var bench = await Bench.StartAsync(clock);
        var loop = bench.Services.GetRequiredService<PlannerLoop>();
        var now = await bench.NowAsync();
        await bench.Given.StreamsAsync(["s1"]);
        var life = await bench.Given.WorkerAsync("w1", "p1");
        await bench.Given.RowAsync("s1", AssignmentState.Unowned, 1, "w1", life, row => row.Hold = StreamHold.Withdrawn);
        await WithdrawAsync(bench, "s1", now - TimeSpan.FromHours(23));
        await loop.LookAsync(Cancel);

        await bench.Given.RunAsync(db => db.Assignments.ExecuteDeleteAsync(Cancel));
        await bench.Given.ChangeStreamAsync("s1", stream => (stream.Hold, stream.WithdrawnAt) = (StreamHold.None, null));
        clock.Advance(TimeSpan.FromSeconds(1));
        await loop.LookAsync(Cancel);

        Assert.Equal((AssignmentState.Starting, life), ((await bench.Given.RowOfAsync("s1")).State, (await bench.Given.RowOfAsync("s1")).Incarnation));
    }

    [Theory]
    [InlineData(StreamClass.Fenced, 0, true)]
    [InlineData(StreamClass.Unfenced, 7_999, false)]
    [InlineData(StreamClass.Unfenced, 8_000, true)]
    public async Task Row_HeldWhileItsOwnerIsLost_LosesItOnceThatOneCannotAct(StreamClass streamClass, int quietMs, bool isFreed)
    {
        await using var bench = await Bench.StartAsync();
        await bench.Given.StreamsAsync(["s1"], streamClass);
        var life = await bench.Given.WorkerAsync("w1", "p1");
        await bench.Given.RowAsync("s1", AssignmentState.Releasing, 1, "w1", life, row => (row.Hold, row.Class) = (StreamHold.Paused, streamClass));
        await bench.Given.ChangeStreamAsync("s1", stream => stream.Hold = StreamHold.Paused);
        await bench.Given.FenceAsync(life, TimeSpan.FromMilliseconds(quietMs));

        await bench.Services.GetRequiredService<PlannerLoop>().LookAsync(Cancel);

        Assert.Equal(isFreed ? AssignmentState.Unowned : AssignmentState.Releasing, (await bench.Given.RowOfAsync("s1")).State);
        var told = bench.Harness.Published.Select<Contracts.Ownership.StreamsUnowned>(Cancel).SelectMany(fact => fact.Context.Message.Streams).Select(stream => stream.Reason);
        Assert.Equal(isFreed ? [Contracts.Ownership.UnownedReason.Paused] : [], told);
    }

    private static Task WithdrawAsync(Bench bench, string stream, DateTime at) =>
        bench.Given.ChangeStreamAsync(stream, row => (row.Hold, row.WithdrawnAt) = (StreamHold.Withdrawn, at));

    private static Task PlanAsync(Bench bench, long version, DateTime at) => bench.Given.RunAsync(db => db.Plans.Add(Plan(version, at)));

    private static StoredPlan Plan(long version, DateTime at) => new() { Pool = Given.Pool, Version = version, MadeAt = at, MadeBy = "test", Certificate = "{}", Report = "{}" };

    private static Task MoveAsync(Bench bench, int number, DateTime? ended, MigrationState state) => bench.Given.MigrationAsync(new StoredMigration
    {
        CorrelationId = new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]),
        Pool = Given.Pool,
        Stream = StreamId.Parse($"m{number}"),
        Source = new Incarnation(1),
        Target = new Incarnation(2),
        State = state,
        Deadline = DateTime.UnixEpoch,
        StartedAt = DateTime.UnixEpoch,
        EndedAt = ended,
    });
}
