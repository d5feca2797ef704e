using Weir.Persistence.Faults;
using Weir.Persistence.Settings;
using Weir.Persistence.Tests.Faults;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Persistence.Tests.Resilience;

/// <summary>How often and when a unit of work is tried, under a clock that stands still until the test moves it.</summary>
[Unit]
[Seed("2.3")]
[Seed("resilience.database-operation-resilience")]
public sealed class RetryTests(SharedPostgres postgres)
{
    private readonly WatchedClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PassingFault_IsTriedFourTimesWithDoublingPauses()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Sqlite, postgres, Cancel, clock: _clock);
        var tries = 0;

        var run = store.Database.RunAsync<int>("test.fails", (_, _) => throw Counted(ref tries, "40P01"), Cancel);
        var pauses = new[] { await PauseAsync(), await PauseAsync(), await PauseAsync() };
        var told = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => run);

        Assert.Equal([1, 2, 4], pauses.Select(pause => pause.TotalSeconds));
        Assert.Equal((4, 4, "40P01", FaultCategory.Deadlock, "test.fails"), (tries, told.Tries, told.SqlState, told.Category, told.Operation));
    }

    [Fact]
    public async Task FaultThatPasses_IsGotOver()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Sqlite, postgres, Cancel, clock: _clock);
        var tries = 0;

        var run = store.Database.RunAsync("test.recovers", (_, _) => tries < 2 ? throw Counted(ref tries, "40001") : Task.FromResult(tries), Cancel);
        await PauseAsync();
        await PauseAsync();

        Assert.Equal(2, await run);
        Assert.Empty(store.Logs.Failures);
        Assert.Contains(store.Logs.Entries, entry => entry.Id.Name == "DatabaseOperationRecovered" && entry.Fields["Attempt"] == "3");
    }

    [Theory]
    [InlineData("23505")]
    [InlineData("42601")]
    [InlineData("42501")]
    [InlineData("22P02")]
    [InlineData("XX000")]
    public async Task LastingFault_IsTriedOnceAndComesAsItIs(string code)
    {
        await using var store = await Store.OfAsync(DatabaseKind.Sqlite, postgres, Cancel, clock: _clock);
        var tries = 0;

        var told = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => store.Database.RunAsync<int>("test.fails", (_, _) => throw Counted(ref tries, code), Cancel));

        Assert.Equal((1, code), (tries, told.SqlState));
    }

    [Fact]
    public async Task Deadline_HoldsForAllTriesTogether()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Sqlite, postgres, Cancel, clock: _clock, configure: options =>
        {
            options.RetryBase = TimeSpan.FromSeconds(20);
            options.RetryMax = TimeSpan.FromSeconds(20);
        });
        var tries = 0;

        var run = store.Database.RunAsync<int>("test.fails", (_, _) => throw Counted(ref tries, "08006"), Cancel);
        await PauseAsync();
        await _clock.PassNextAsync(TimeSpan.FromSeconds(25), Cancel);
        var told = await Assert.ThrowsAsync<DatabaseDeadlineException>(() => run);

        Assert.Equal((2, 2, "08006"), (tries, told.Tries, told.SqlState));
    }

    [Fact]
    public async Task CallersOwnCancellation_IsNotAFailureOfTheDatabase()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Sqlite, postgres, Cancel, clock: _clock);
        using var caller = new CancellationTokenSource();

        var run = store.Database.RunAsync("test.cancelled", async (_, token) => await Task.Delay(Timeout.InfiniteTimeSpan, _clock, token), caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal("Cancelled", Assert.Single(store.Logs.Failures).Fields["Category"]);
    }

    [Fact]
    public async Task EachTry_HasAFreshScopeAndNothingOfTheLastOne()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Sqlite, postgres, Cancel);
        var contexts = new List<WeirDbContext>();

        await store.RunAsync(
            (db, _) =>
            {
                contexts.Add(db);
                db.Workers.Add(Sample.Worker($"w{contexts.Count}"));
                return contexts.Count < 3 ? throw FaultJudgeTests.Server("40001") : Task.CompletedTask;
            },
            Cancel);

        Assert.Equal(3, contexts.Distinct().Count());
        Assert.Equal(["w3"], await store.QueryAsync<string>($"SELECT worker AS \"Value\" FROM workers", Cancel));
    }

    private static Npgsql.PostgresException Counted(ref int tries, string code)
    {
        tries++;
        return FaultJudgeTests.Server(code);
    }

    // The deadline's own timers are longer than any pause of these tests.
    private Task<TimeSpan> PauseAsync() => _clock.PassNextAsync(TimeSpan.FromSeconds(21), Cancel);
}
