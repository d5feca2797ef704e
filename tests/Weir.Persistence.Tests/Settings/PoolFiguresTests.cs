using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Weir.Persistence.Rows;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Persistence.Tests.Settings;

/// <summary>What a process keeps of the pools' figures, and for how long.</summary>
[Unit]
public sealed class PoolFiguresTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Figures_AreReadAgainAfterFiveSecondsAndNotBefore()
    {
        var clock = new FakeTimeProvider();
        await using var store = await StoreAsync(clock);
        var figures = store.Services.GetRequiredService<PoolFigures>();
        var before = await figures.OfAsync("p", Cancel);
        await SetAsync(store, """{"movesInFlight":7}""");

        clock.Advance(TimeSpan.FromSeconds(4.9));
        var kept = await figures.OfAsync("p", Cancel);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        var read = await figures.OfAsync("p", Cancel);

        Assert.Equal((200, 200, 7), (before.MovesInFlightMax(), kept.MovesInFlightMax(), read.MovesInFlightMax()));
        Assert.Equal(PoolSettings.Default, await figures.OfAsync("unknown", Cancel));
    }

    [Fact]
    public async Task Figures_InsideATransaction_AreReadByItAndKeptForAll()
    {
        await using var store = await StoreAsync(new FakeTimeProvider());
        var figures = store.Services.GetRequiredService<PoolFigures>();
        await SetAsync(store, """{"beatMs":1000}""");

        // SQLite has one lane: a unit of work inside of another would wait for ever.
        var inside = await store.RunAsync<PoolSettingsReader, PoolSettings>(async (reader, token) => await figures.OfAsync("p", reader, token), Cancel);

        Assert.Equal(TimeSpan.FromSeconds(1), inside.Lease().Beat);
        Assert.Equal(TimeSpan.FromSeconds(1), (await figures.LeaseTimesAsync(Cancel))["p"].Beat);
    }

    [Fact]
    public async Task Figures_ARowCannotBeUsed_TheyStayAsTheyWereAndItIsSaid()
    {
        var clock = new FakeTimeProvider();
        await using var store = await StoreAsync(clock);
        var figures = store.Services.GetRequiredService<PoolFigures>();
        await SetAsync(store, """{"movesInFlight":7}""");
        await figures.OfAsync("p", Cancel);
        await SetAsync(store, """{"movesInFlight":0}""");

        clock.Advance(TimeSpan.FromSeconds(5));
        var kept = await figures.OfAsync("p", Cancel);

        Assert.Equal(7, kept.MovesInFlightMax());
        Assert.Contains(store.Logs.Entries, entry => entry.Id.Id == 2021 && entry.Text.Contains("movesInFlight 0 is not 1 to 10,000", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Figures_NothingWasReadBeforeTheRowBroke_ItsPoolIsRefusedAndNoOther()
    {
        await using var store = await StoreAsync(new FakeTimeProvider());
        await SetAsync(store, """{"movesInFlight":0}""");
        var figures = store.Services.GetRequiredService<PoolFigures>();

        await Assert.ThrowsAsync<PoolSettingsRefusedException>(async () => await figures.OfAsync("p", Cancel));
        Assert.Equal(200, (await figures.OfAsync("another", Cancel)).MovesInFlightMax());

        // Nobody is fenced before the time that may be its own.
        Assert.Equal(Weir.Core.Leases.LeaseTimes.Relaxed, (await figures.LeaseTimesAsync(Cancel))["p"]);
    }

    private static async Task<Store> StoreAsync(FakeTimeProvider clock)
    {
        var store = Store.InFile(clock: clock);
        await store.Migrator.MigrateAsync(Cancel);
        await store.RunAsync((db, _) => Task.FromResult(db.Pools.Add(new StoredPool { Pool = "p" })), Cancel);
        return store;
    }

    private static Task SetAsync(Store store, string settings) => store.RunAsync(
        async (db, token) => (await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleAsync(
            Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.AsTracking(db.Pools), token)).Settings = settings,
        Cancel);
}
