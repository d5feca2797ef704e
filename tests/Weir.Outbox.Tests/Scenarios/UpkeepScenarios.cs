using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weir.Outbox.Inbox;
using Weir.Outbox.TestHost.Shop;
using Weir.Outbox.Tests.Support;
using Weir.Testing.Waiting;

namespace Weir.Outbox.Tests.Scenarios;

/// <summary>What keeps the tables small and tells how they stand, on every database.</summary>
internal static class UpkeepScenarios
{
    private const int Many = 100;

    /// <summary>Rows written by one statement are the rows the context would have written, in the order of their publishing.</summary>
    public static async Task ManyInOneTransactionAreAsOneByOneAsync(Shop shop, CancellationToken cancel)
    {
        await using var scope = shop.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopContext>();
        var publish = scope.ServiceProvider.GetRequiredService<IPublishEndpoint>();
        await PublishAsync(publish, 0, cancel);
        await db.SaveChangesAsync(cancel);
        await using (var transaction = await db.Database.BeginTransactionAsync(cancel))
        {
            for (var number = 1; number <= Many; number++) await PublishAsync(publish, number, cancel);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }

        var rows = await shop.ReadAsync(other => other.Set<OutboxMessage>().OrderBy(row => row.SequenceNumber).ToListAsync(cancel));

        Assert.Equal(Enumerable.Range(0, Many + 1), rows.Select(OutboxScenarios.NumberOf));
        Assert.Equal(Many + 1, rows.Select(row => row.MessageId).Distinct().Count());
        Assert.All(rows, row => Assert.Equal(Shape(rows[0]), Shape(row)));
        Assert.Empty(db.ChangeTracker.Entries<OutboxMessage>());
    }

    public static async Task ManyInARolledBackTransactionAreGoneAsync(Shop shop, CancellationToken cancel)
    {
        await using var scope = shop.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopContext>();
        var publish = scope.ServiceProvider.GetRequiredService<IPublishEndpoint>();
        await using (var transaction = await db.Database.BeginTransactionAsync(cancel))
        {
            for (var number = 1; number <= Many; number++) await PublishAsync(publish, number, cancel);
            await db.SaveChangesAsync(cancel);
            await transaction.RollbackAsync(cancel);
        }

        Assert.Equal(0, (await shop.Outbox.ReadDepthAsync(cancel)).Waiting);
    }

    /// <summary>What the inbox remembers for longer than the window is deleted; what is younger stays.</summary>
    public static async Task OldInboxRowsAreDeletedAsync(Shop shop, CancellationToken cancel)
    {
        var endpoint = await shop.Bus.GetSendEndpoint(new Uri($"exchange:{ShopHost.OrdersQueue}"));
        for (var number = 1; number <= 3; number++) await endpoint.Send(new PlaceOrder(NewId.NextGuid(), number), cancel);
        await shop.OrdersReachAsync(3, cancel);
        var old = TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromHours(1);
        await shop.ReadAsync(db => db.Set<InboxState>().OrderBy(row => row.Id).Take(2).ExecuteUpdateAsync(set => set.SetProperty(row => row.Delivered, old), cancel));
        var cleanup = shop.Services.GetServices<IHostedService>().OfType<InboxCleanupService<ShopContext>>().Single();

        Assert.Equal(2, await cleanup.CleanOnceAsync(cancel));
        Assert.Equal(0, await cleanup.CleanOnceAsync(cancel));
        Assert.Equal(1, await shop.ReadAsync(db => db.Set<InboxState>().CountAsync(cancel)));
    }

    /// <summary>Depth and the age of the oldest row, as a collector sees them.</summary>
    public static async Task GaugesTellDepthAndAgeAsync(Shop shop, CancellationToken cancel)
    {
        for (var number = 1; number <= 3; number++) await shop.OrderAsync(number, cancel);
        var old = TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromMinutes(10);
        await shop.ReadAsync(db => db.Set<OutboxMessage>().OrderBy(row => row.SequenceNumber).Take(1).ExecuteUpdateAsync(set => set.SetProperty(row => row.SentTime, old), cancel));
        var seen = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Meter.Name == "Weir.Outbox") to.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>(Keep);
        listener.Start();

        await Eventually.TrueAsync(
            "a depth of 3, the oldest of it of ten minutes",
            _ =>
            {
                listener.RecordObservableInstruments();
                return Task.FromResult(seen.GetValueOrDefault("weir.outbox.depth") == 3 && seen.GetValueOrDefault("weir.outbox.oldest_age") >= 600);
            },
            TimeSpan.FromSeconds(30),
            cancel);
        Assert.InRange(seen["weir.outbox.oldest_age"], 600, 900);
        Assert.Equal(0, seen["weir.outbox.set_aside"]);

        void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state = null)
        {
            if (tags.Length == 1 && Equals(tags[0].Value, "gauges")) seen[instrument.Name] = value;
        }
    }

    private static Task PublishAsync(IPublishEndpoint publish, int number, CancellationToken cancel) => publish.Publish(
        new OrderPlaced(NewId.NextGuid(), number), context => context.Headers.Set("shop", "one"), cancel);

    // All that does not differ from message to message.
    private static (Guid?, DateTime?, DateTime?, string?, string?, string, string, string?, string?, string?, string?, DateTimeKind) Shape(OutboxMessage row) =>
        (row.OutboxId, row.EnqueueTime, row.ExpirationTime, row.Headers, row.Properties, row.ContentType, row.MessageType,
            row.SourceAddress, row.DestinationAddress, row.ResponseAddress, row.FaultAddress, row.SentTime.Kind);
}
