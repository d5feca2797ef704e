using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weir.Outbox.TestHost.Shop;
using Weir.Outbox.Tests.Support;
using Weir.Testing.Waiting;

namespace Weir.Outbox.Tests.Scenarios;

/// <summary>What holds on every database and transport; each test class runs these on one pair of them.</summary>
internal static class OutboxScenarios
{
    public static async Task PublishRidesTheSaveAsync(Shop shop, CancellationToken cancel)
    {
        var probe = await MemoryProbe<OrderPlaced>.OnAsync(shop.Bus, cancel);
        await using var scope = shop.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopContext>();
        var order = new Order { Id = NewId.NextGuid(), Number = 1 };
        db.Orders.Add(order);
        await scope.ServiceProvider.GetRequiredService<IPublishEndpoint>().Publish(new OrderPlaced(order.Id, 1), cancel);

        Assert.Empty(await shop.ReadAsync(other => other.Set<OutboxMessage>().ToListAsync(cancel)));
        Assert.Empty(probe.Heard);

        await db.SaveChangesAsync(cancel);
        await shop.EmptyAsync(cancel);
        await HeardAsync(probe, 1, cancel);

        Assert.Equal(order.Id, Assert.Single(probe.Heard).Message.OrderId);
        Assert.Equal(1, await shop.OrdersAsync(cancel));
    }

    public static async Task RolledBackPublishIsNeverSentAsync(Shop shop, CancellationToken cancel)
    {
        var probe = await MemoryProbe<OrderPlaced>.OnAsync(shop.Bus, cancel);
        await using (var scope = shop.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<ShopContext>();
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            db.Orders.Add(new Order { Id = NewId.NextGuid(), Number = 1 });
            await scope.ServiceProvider.GetRequiredService<IPublishEndpoint>().Publish(new OrderPlaced(NewId.NextGuid(), 1), cancel);
            await db.SaveChangesAsync(cancel);
            await transaction.RollbackAsync(cancel);
        }

        await shop.OrderAsync(2, cancel);
        await shop.EmptyAsync(cancel);
        await HeardAsync(probe, 1, cancel);

        Assert.Equal(2, Assert.Single(probe.Heard).Message.Number);
        Assert.Equal(1, await shop.OrdersAsync(cancel));
    }

    /// <summary>
    /// A connection lost between two saves of one transaction: EF would open another and commit the second save alone,
    /// the event without its order.
    /// </summary>
    public static async Task LostConnectionCommitsNothingAsync(Shop shop, CancellationToken cancel)
    {
        await shop.OrderAsync(1, cancel);
        await shop.EmptyAsync(cancel);
        await using (var scope = shop.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<ShopContext>();
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            db.Orders.Add(new Order { Id = NewId.NextGuid(), Number = 2 });
            await db.SaveChangesAsync(cancel);
            await scope.ServiceProvider.GetRequiredService<IPublishEndpoint>().Publish(new OrderPlaced(NewId.NextGuid(), 2), cancel);
            await db.Database.GetDbConnection().CloseAsync();

            await Assert.ThrowsAsync<TransactionLostException>(() => db.SaveChangesAsync(cancel));
        }

        Assert.Equal(1, await shop.OrdersAsync(cancel));
        Assert.Equal(0, (await shop.Outbox.ReadDepthAsync(cancel)).Waiting);
    }

    public static async Task OneLongLivedScopeDeliversEachSaveAtOnceAsync(Shop shop, CancellationToken cancel)
    {
        var probe = await MemoryProbe<OrderPlaced>.OnAsync(shop.Bus, cancel);
        await using var scope = shop.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopContext>();
        var publish = scope.ServiceProvider.GetRequiredService<IPublishEndpoint>();
        for (var number = 1; number <= 5; number++)
        {
            db.Orders.Add(new Order { Id = NewId.NextGuid(), Number = number });
            await publish.Publish(new OrderPlaced(NewId.NextGuid(), number), cancel);
            await using var transaction = number % 2 == 0 ? await db.Database.BeginTransactionAsync(cancel) : null;
            await db.SaveChangesAsync(cancel);
            if (transaction is not null) await transaction.CommitAsync(cancel);
            await HeardAsync(probe, number, cancel);
        }

        Assert.Equal([1, 2, 3, 4, 5], probe.Heard.Select(one => one.Message.Number));
        Assert.Empty(db.ChangeTracker.Entries<OutboxMessage>());
    }

    public static async Task ConsumerCommitsRowAndEventAsync(Shop shop, CancellationToken cancel)
    {
        var probe = await MemoryProbe<OrderPlaced>.OnAsync(shop.Bus, cancel);
        await SendAsync(shop, NewId.NextGuid(), 1, cancel);

        await HeardAsync(probe, 1, cancel);
        await shop.EmptyAsync(cancel);

        Assert.Equal(1, await shop.OrdersAsync(cancel));
        var inbox = Assert.Single(await shop.ReadAsync(db => db.Set<InboxState>().ToListAsync(cancel)));
        Assert.NotNull(inbox.Consumed);
        Assert.Equal(1, inbox.ReceiveCount);
    }

    /// <summary>The same message id many times at once and once more later: one row, one event.</summary>
    public static async Task DuplicatesTakeEffectOnceAsync(Shop shop, CancellationToken cancel)
    {
        var probe = await MemoryProbe<OrderPlaced>.OnAsync(shop.Bus, cancel);
        var id = NewId.NextGuid();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => SendAsync(shop, id, 1, cancel)));
        await shop.OrdersReachAsync(1, cancel);
        await SendAsync(shop, id, 1, cancel);
        await SendAsync(shop, NewId.NextGuid(), 2, cancel);
        await shop.OrdersReachAsync(2, cancel);
        await shop.EmptyAsync(cancel);
        await HeardAsync(probe, 2, cancel);

        Assert.Equal([1, 2], probe.Heard.Select(one => one.Message.Number).Order());
        Assert.Equal(2, await shop.OrdersAsync(cancel));
        Assert.Equal(2, await shop.ReadAsync(db => db.Set<InboxState>().CountAsync(cancel)));
    }

    /// <summary>A batch in which some were consumed before takes only the others.</summary>
    public static async Task BatchTakesOnlyWhatIsFreshAsync(Shop shop, CancellationToken cancel)
    {
        var probe = await MemoryProbe<OrderPlaced>.OnAsync(shop.Bus, cancel);
        var ids = Enumerable.Range(0, 20).Select(_ => NewId.NextGuid()).ToList();
        await Task.WhenAll(ids.Take(10).Select((id, number) => SendAsync(shop, id, number, cancel)));
        await shop.OrdersReachAsync(10, cancel);
        await Task.WhenAll(ids.Select((id, number) => SendAsync(shop, id, number, cancel)));
        await shop.OrdersReachAsync(20, cancel);
        await shop.EmptyAsync(cancel);
        await HeardAsync(probe, 20, cancel);

        Assert.Equal(Enumerable.Range(0, 20), probe.Heard.Select(one => one.Message.Number).Order());
        Assert.Equal(20, await shop.OrdersAsync(cancel));
    }

    /// <summary>Rows that are wrong themselves leave with a reason; those behind them go on; a cured one can be replayed.</summary>
    public static async Task PoisonRowsAreSetAsideAsync(Shop shop, CancellationToken cancel)
    {
        var probe = await MemoryProbe<OrderPlaced>.OnAsync(shop.Bus, cancel);
        await shop.OrderAsync(0, cancel);
        await shop.EmptyAsync(cancel);
        string? right;
        await using (var scope = shop.Services.CreateAsyncScope())
        {
            var publish = scope.ServiceProvider.GetRequiredService<IPublishEndpoint>();
            var db = scope.ServiceProvider.GetRequiredService<ShopContext>();
            for (var number = 1; number <= 5; number++) await publish.Publish(new OrderPlaced(NewId.NextGuid(), number), cancel);
            var rows = db.ChangeTracker.Entries<OutboxMessage>().Select(entry => entry.Entity).OrderBy(NumberOf).ToList();
            right = rows[0].DestinationAddress;
            rows[0].DestinationAddress = "nowhere";
            rows[1].DestinationAddress = "carrier-pigeon://coop/loft";
            rows[2].Headers = "{ this is no JSON";
            rows[3].DestinationAddress = null;
            await db.SaveChangesAsync(cancel);
        }

        await shop.EmptyAsync(cancel);
        await HeardAsync(probe, 2, cancel);
        var aside = await shop.Outbox.ReadSetAsideAsync(cancel: cancel);

        Assert.Equal([0, 5], probe.Heard.Select(one => one.Message.Number));
        Assert.Equal(4, aside.Count);
        Assert.All(aside, one => Assert.NotEmpty(one.Reason));
        Assert.Contains("'nowhere' is no absolute URI", aside[0].Reason, StringComparison.Ordinal);
        Assert.Equal(4, (await shop.Outbox.ReadDepthAsync(cancel)).SetAside);

        await shop.ReadAsync(db => db.Set<OutboxMessage>().Where(row => row.SequenceNumber == aside[0].SequenceNumber)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.DestinationAddress, right), cancel));
        Assert.True(await shop.Outbox.ReplayAsync(aside[0].SequenceNumber, cancel));
        await HeardAsync(probe, 3, cancel);
        Assert.Equal(1, probe.Heard.Last().Message.Number);
        Assert.False(await shop.Outbox.ReplayAsync(aside[0].SequenceNumber, cancel));
    }

    /// <summary>Headers, ids and expiry arrive as published.</summary>
    public static async Task EnvelopeArrivesAsPublishedAsync(Shop shop, CancellationToken cancel)
    {
        var probe = await MemoryProbe<OrderPlaced>.OnAsync(shop.Bus, cancel);
        var id = NewId.NextGuid();
        await using (var scope = shop.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<IPublishEndpoint>().Publish(
                new OrderPlaced(id, 1),
                context =>
                {
                    context.MessageId = id;
                    context.Headers.Set("text", "a \"quoted\" word");
                    context.Headers.Set("number", 42);
                    context.TimeToLive = TimeSpan.FromMinutes(5);
                },
                cancel);
            await scope.ServiceProvider.GetRequiredService<ShopContext>().SaveChangesAsync(cancel);
        }

        await HeardAsync(probe, 1, cancel);
        var (messageId, _, headers) = Assert.Single(probe.Heard);
        Assert.Equal(id, messageId);
        Assert.Equal("a \"quoted\" word", headers.Get<string>("text"));
        Assert.Equal(42, headers.Get<int>("number"));
    }

    /// <summary>A delayed message stays until its time; an expired one is dropped.</summary>
    public static async Task DelayedWaitsAndExpiredIsDroppedAsync(Shop shop, CancellationToken cancel)
    {
        var probe = await MemoryProbe<OrderPlaced>.OnAsync(shop.Bus, cancel);
        await using (var scope = shop.Services.CreateAsyncScope())
        {
            var publish = scope.ServiceProvider.GetRequiredService<IPublishEndpoint>();
            await publish.Publish(new OrderPlaced(NewId.NextGuid(), 1), context => context.Delay = TimeSpan.FromMinutes(10), cancel);
            await publish.Publish(new OrderPlaced(NewId.NextGuid(), 2), cancel);
            await publish.Publish(new OrderPlaced(NewId.NextGuid(), 3), context => context.TimeToLive = TimeSpan.FromTicks(1), cancel);
            await scope.ServiceProvider.GetRequiredService<ShopContext>().SaveChangesAsync(cancel);
        }

        await shop.EmptyAsync(cancel);
        Assert.Equal(1, (await shop.Outbox.ReadDepthAsync(cancel)).Delayed);
        var due = TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromSeconds(1);
        await shop.ReadAsync(db => db.Set<OutboxMessage>().ExecuteUpdateAsync(set => set.SetProperty(row => row.EnqueueTime, due), cancel));
        await HeardAsync(probe, 2, cancel);

        Assert.Equal([2, 1], probe.Heard.Select(one => one.Message.Number));
    }

    /// <summary>Fifty events for one instance at once, the first of which makes it, end as one after another.</summary>
    public static async Task ParallelEventsOfOneSagaAllCountAsync(Shop shop, CancellationToken cancel)
    {
        var probe = await MemoryProbe<Counted>.OnAsync(shop.Bus, cancel);
        var id = NewId.NextGuid();
        var endpoint = await shop.Bus.GetSendEndpoint(new Uri($"exchange:{ShopHost.TalliesQueue}"));
        await Task.WhenAll(Enumerable.Range(1, 50).Select(by => endpoint.Send(new CountUp(id, by), cancel)));

        await Eventually.TrueAsync(
            "50 counted events",
            async token => await shop.ReadAsync(db => db.Tallies.AnyAsync(tally => tally.Events == 50, token)),
            TimeSpan.FromSeconds(60), cancel);
        await shop.EmptyAsync(cancel);
        await HeardAsync(probe, 50, cancel);
        var tally = await shop.ReadAsync(db => db.Tallies.SingleAsync(one => one.CorrelationId == id, cancel));

        Assert.Equal(50 * 51 / 2, tally.Sum);
        Assert.Equal(49, tally.Version);
        Assert.Equal(50, probe.Heard.Select(one => one.Message.Sum).Distinct().Count());
    }

    /// <summary>A command through the default exchange to a queue that is gone comes back at once and blocks nothing.</summary>
    public static async Task MandatoryToNobodyIsDoneAsync(Shop shop, CancellationToken cancel)
    {
        var probe = await MemoryProbe<OrderPlaced>.OnAsync(shop.Bus, cancel);
        await using (var scope = shop.Services.CreateAsyncScope())
        {
            var endpoint = await scope.ServiceProvider.GetRequiredService<ISendEndpointProvider>().GetSendEndpoint(new Uri("exchange:amq.rabbitmq.reply-to"));
            await endpoint.Send(
                new PlaceOrder(NewId.NextGuid(), 1),
                context =>
                {
                    context.SetRoutingKey("weir.w.gone.1");
                    ((RabbitMqSendContext)context).Mandatory = true;
                },
                cancel);
            await scope.ServiceProvider.GetRequiredService<ShopContext>().SaveChangesAsync(cancel);
        }

        await shop.OrderAsync(2, cancel);
        await shop.EmptyAsync(cancel);
        await HeardAsync(probe, 1, cancel);

        Assert.Equal(0, (await shop.Outbox.ReadDepthAsync(cancel)).SetAside);
    }

    public static Task HeardAsync<T>(MemoryProbe<T> probe, int count, CancellationToken cancel)
        where T : class => Eventually.TrueAsync(
            $"{count} messages", _ => Task.FromResult(probe.Heard.Count >= count), TimeSpan.FromSeconds(30), cancel);

    public static int NumberOf(OutboxMessage row)
    {
        using var envelope = JsonDocument.Parse(row.Body);
        return envelope.RootElement.GetProperty("message").GetProperty("number").GetInt32();
    }

    private static async Task SendAsync(Shop shop, Guid messageId, int number, CancellationToken cancel)
    {
        var endpoint = await shop.Bus.GetSendEndpoint(new Uri($"exchange:{ShopHost.OrdersQueue}"));
        await endpoint.Send(new PlaceOrder(messageId, number), context => context.MessageId = messageId, cancel);
    }
}
