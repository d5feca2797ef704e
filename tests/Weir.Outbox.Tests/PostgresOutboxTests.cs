using Microsoft.Extensions.DependencyInjection;
using Weir.Outbox.Delivery;
using Weir.Outbox.TestHost.Shop;
using Weir.Outbox.Tests.Scenarios;
using Weir.Outbox.Tests.Support;
using Weir.Testing.Servers;
using Weir.Testing.Traits;

namespace Weir.Outbox.Tests;

/// <summary>Real PostgreSQL and RabbitMQ.</summary>
[Integration]
public sealed class PostgresOutboxTests : IAsyncLifetime
{
    private ServerScope _scope = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Slow]
    public Task PublishOutsideConsumer_RidesTheSave() => RunAsync(OutboxScenarios.PublishRidesTheSaveAsync);

    [Fact]
    [Slow]
    public Task PublishInRolledBackTransaction_IsNeverSent() => RunAsync(OutboxScenarios.RolledBackPublishIsNeverSentAsync);

    [Fact]
    [Slow]
    public Task LongLivedScope_DeliversEachSaveAtOnce() => RunAsync(OutboxScenarios.OneLongLivedScopeDeliversEachSaveAtOnceAsync);

    [Fact]
    [Slow]
    public Task Consumer_CommitsRowAndEvent() => RunAsync(OutboxScenarios.ConsumerCommitsRowAndEventAsync);

    [Fact]
    [Slow]
    public Task Duplicates_TakeEffectOnce() => RunAsync(OutboxScenarios.DuplicatesTakeEffectOnceAsync);

    [Fact]
    [Slow]
    public Task Batch_TakesOnlyWhatIsFresh() => RunAsync(OutboxScenarios.BatchTakesOnlyWhatIsFreshAsync, settings => settings with { Batches = true });

    [Fact]
    [Slow]
    public Task PoisonRows_AreSetAsideAndOthersGoOn() => RunAsync(OutboxScenarios.PoisonRowsAreSetAsideAsync);

    [Fact]
    [Slow]
    public Task Envelope_ArrivesAsPublished() => RunAsync(OutboxScenarios.EnvelopeArrivesAsPublishedAsync);

    [Fact]
    [Slow]
    public Task DelayedWaits_ExpiredIsDropped() => RunAsync(OutboxScenarios.DelayedWaitsAndExpiredIsDroppedAsync);

    [Fact]
    [Slow]
    public Task FiftyParallelEventsOfOneSaga_AllCount() => RunAsync(OutboxScenarios.ParallelEventsOfOneSagaAllCountAsync);

    [Fact]
    [Slow]
    public Task FiftyParallelEventsOfOneSaga_Pessimistic_AllCount() =>
        RunAsync(OutboxScenarios.ParallelEventsOfOneSagaAllCountAsync, settings => settings with { Concurrency = ConcurrencyMode.Pessimistic });

    public async ValueTask InitializeAsync() => _scope = await (await TestServers.GetAsync(Cancel)).ScopeAsync("outbox", Cancel);

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    [Fact]
    [Slow]
    public Task MandatoryMessageToNobody_IsReturnedAndDone() => RunAsync(OutboxScenarios.MandatoryToNobodyIsDoneAsync);

    [Fact]
    public Task ConnectionLostBetweenSaves_CommitsNothing() => RunAsync(OutboxScenarios.LostConnectionCommitsNothingAsync);

    [Fact]
    [Slow]
    public Task ManyInOneTransaction_AreAsOneByOne() => RunAsync(UpkeepScenarios.ManyInOneTransactionAreAsOneByOneAsync, settings => settings with { Delivers = false });

    [Fact]
    [Slow]
    public Task ManyInARolledBackTransaction_AreGone() => RunAsync(UpkeepScenarios.ManyInARolledBackTransactionAreGoneAsync);

    [Fact]
    [Slow]
    public Task OldInboxRows_AreDeleted() => RunAsync(UpkeepScenarios.OldInboxRowsAreDeletedAsync);

    [Fact]
    [Slow]
    public Task Gauges_TellDepthAndAge() => RunAsync(
        UpkeepScenarios.GaugesTellDepthAndAgeAsync,
        settings => settings with { Lane = "gauges", Delivers = false },
        services => services.AddHostedService<DepthSampler<ShopContext>>());

    private async Task RunAsync(Func<Shop, CancellationToken, Task> scenario, Func<ShopSettings, ShopSettings>? change = null, Action<IServiceCollection>? also = null)
    {
        var settings = new ShopSettings { Postgres = _scope.Database.ConnectionString, Broker = _scope.Broker.Amqp };
        await using var shop = await Shop.OpenAsync((change ?? (one => one))(settings), Cancel, also);
        await scenario(shop, Cancel);
    }
}
