using Microsoft.EntityFrameworkCore;
using Npgsql;
using Weir.Core.Eras;
using Weir.Core.Identity;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Persistence.Tests.Stores;

[Integration]
public sealed class EraTests(SharedPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task FreshDatabase_IsTheOneItsEraBeganWith(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);

        var era = await ReadAsync(store);

        Assert.True(era.MayDraw, $"{era}");
        Assert.True(era.Row.Began > Era.FirstEpochAt((long)TimeSpan.FromDays(300).TotalMilliseconds), "the first life begins above the wall clock");
        Assert.NotEqual(0, era.Actual.System);
    }

    [Fact]
    public async Task OrdinaryRole_MayAskForTheIdentity()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);
        await store.RunAsync((db, token) => db.Database.ExecuteSqlRawAsync("CREATE ROLE plain_reader LOGIN PASSWORD 'plain'; GRANT SELECT ON era TO plain_reader", token), Cancel);
        await using var plain = Store.On(new NpgsqlConnectionStringBuilder(store.ConnectionString) { Username = "plain_reader", Password = "plain" }.ConnectionString);

        Assert.Equal(await ReadAsync(store), await ReadAsync(plain));
    }

    [Fact]
    public async Task TableThatWasLoadedFromADump_IsAnotherLife()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);
        await store.RunAsync(
            (db, token) => db.Database.ExecuteSqlRawAsync("CREATE TABLE loaded (LIKE era INCLUDING ALL); INSERT INTO loaded SELECT * FROM era; DROP TABLE era; ALTER TABLE loaded RENAME TO era", token), Cancel);

        var era = await ReadAsync(store);

        Assert.False(era.MayDraw, $"{era}");
        Assert.Equal((era.Row.Identity.System, era.Row.Identity.Timeline), (era.Actual.System, era.Actual.Timeline));
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres, false)]
    [InlineData(DatabaseKind.Sqlite, true)]
    public async Task FileThatIsACopy_IsTold_AndPostgresKnows(DatabaseKind kind, bool told)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);

        Assert.Equal(told, await store.RunAsync<EraStore, bool>((eras, token) => eras.TellRestoredAsync(token), Cancel));

        Assert.Equal(!told, (await ReadAsync(store)).MayDraw);
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task NewEra_IsBegunByOneOfMany(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);
        var seen = (await ReadAsync(store)).Row;
        var next = new EraRow(new Epoch(seen.Began.Value + 1_000_000), seen.Identity with { Timeline = 9 }, EraPhase.Collecting, TimeSpan.Zero);

        var won = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ReplaceAsync(seen, next)));
        await ReplaceAsync(next, next with { Quiet = TimeSpan.FromSeconds(2) });
        await ReplaceAsync(next, next with { Quiet = TimeSpan.FromSeconds(1) });

        Assert.Single(won, outcome => outcome);
        Assert.Equal(next with { Quiet = TimeSpan.FromSeconds(2) }, (await ReadAsync(store)).Row);
        var drawn = await store.RunAsync<EpochCounter, IReadOnlyList<Epoch>>((counter, token) => counter.DrawAsync(1, token), Cancel);
        Assert.True(drawn[0] > next.Began, $"{drawn[0]} is not above {next.Began}, where the new life began");

        Task<bool> ReplaceAsync(EraRow from, EraRow to) => store.RunAsync<EraStore, bool>((eras, token) => eras.ReplaceAsync(from, to, token), Cancel);
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Epochs_DrawnByManyAtOnce_AreEachGivenOnceAndAscend(DatabaseKind kind)
    {
        await using var store = await Store.OfAsync(kind, postgres, Cancel);
        var began = (await ReadAsync(store)).Row.Began;

        var drawn = await Task.WhenAll(Enumerable.Range(1, 20).Select(count => Task.Run(
            () => store.RunAsync<EpochCounter, IReadOnlyList<Epoch>>((counter, token) => counter.DrawAsync(count, token), Cancel), Cancel)));

        Assert.Equal(Enumerable.Range(1, 20), drawn.Select(epochs => epochs.Count));
        Assert.Equal(210, drawn.SelectMany(epochs => epochs).Distinct().Count());
        Assert.All(drawn, epochs => Assert.Equal(epochs.Order(), epochs));
        Assert.All(drawn.SelectMany(epochs => epochs), epoch => Assert.True(epoch > began, $"{epoch} is not above {began}"));
    }

    private static Task<EraReading> ReadAsync(Store store) => store.RunAsync<EraStore, EraReading>((eras, token) => eras.ReadAsync(token), Cancel);
}
