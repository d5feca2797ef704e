using Microsoft.Extensions.DependencyInjection;
using Weir.Outbox.Delivery;
using Weir.Outbox.TestHost.Shop;
using Weir.Outbox.Tests.Scenarios;
using Weir.Outbox.Tests.Support;
using Weir.Testing.Traits;

namespace Weir.Outbox.Tests;

/// <summary>SQLite and the in-memory transport, as <c>weir dev</c> has them.</summary>
[Unit]
public sealed class SqliteOutboxTests : IDisposable
{
    private readonly SqliteFile _file = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task PublishOutsideConsumer_RidesTheSave() => RunAsync(OutboxScenarios.PublishRidesTheSaveAsync);

    [Fact]
    public Task PublishInRolledBackTransaction_IsNeverSent() => RunAsync(OutboxScenarios.RolledBackPublishIsNeverSentAsync);

    [Fact]
    public Task LongLivedScope_DeliversEachSaveAtOnce() => RunAsync(OutboxScenarios.OneLongLivedScopeDeliversEachSaveAtOnceAsync);

    [Fact]
    public Task Consumer_CommitsRowAndEvent() => RunAsync(OutboxScenarios.ConsumerCommitsRowAndEventAsync);

    [Fact]
    public Task Duplicates_TakeEffectOnce() => RunAsync(OutboxScenarios.DuplicatesTakeEffectOnceAsync);

    [Fact]
    public Task Batch_TakesOnlyWhatIsFresh() => RunAsync(OutboxScenarios.BatchTakesOnlyWhatIsFreshAsync, settings => settings with { Batches = true });

    [Fact]
    public Task PoisonRows_AreSetAsideAndOthersGoOn() => RunAsync(OutboxScenarios.PoisonRowsAreSetAsideAsync);

    [Fact]
    public Task Envelope_ArrivesAsPublished() => RunAsync(OutboxScenarios.EnvelopeArrivesAsPublishedAsync);

    [Fact]
    [Slow]
    public Task DelayedWaits_ExpiredIsDropped() => RunAsync(OutboxScenarios.DelayedWaitsAndExpiredIsDroppedAsync);

    [Fact]
    [Slow]
    public Task FiftyParallelEventsOfOneSaga_AllCount() => RunAsync(OutboxScenarios.ParallelEventsOfOneSagaAllCountAsync);

    public void Dispose() => _file.Dispose();

    [Fact]
    public Task ConnectionLostBetweenSaves_CommitsNothing() => RunAsync(OutboxScenarios.LostConnectionCommitsNothingAsync);

    [Fact]
    public Task ManyInOneTransaction_AreAsOneByOne() => RunAsync(UpkeepScenarios.ManyInOneTransactionAreAsOneByOneAsync, settings => settings with { Delivers = false });

    [Fact]
    public Task ManyInARolledBackTransaction_AreGone() => RunAsync(UpkeepScenarios.ManyInARolledBackTransactionAreGoneAsync);

    [Fact]
    public Task OldInboxRows_AreDeleted() => RunAsync(UpkeepScenarios.OldInboxRowsAreDeletedAsync);

    [Fact]
    [Slow]
    public Task Gauges_TellDepthAndAge() => RunAsync(
        UpkeepScenarios.GaugesTellDepthAndAgeAsync,
        settings => settings with { Lane = "gauges", Delivers = false },
        services => services.AddHostedService<DepthSampler<ShopContext>>());

    private async Task RunAsync(Func<Shop, CancellationToken, Task> scenario, Func<ShopSettings, ShopSettings>? change = null, Action<IServiceCollection>? also = null)
    {
        await using var shop = await Shop.OpenAsync((change ?? (one => one))(_file.Settings), Cancel, also);
        await scenario(shop, Cancel);
    }
}
