using MassTransit;
using MassTransit.Middleware;
using MassTransit.Middleware.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Weir.Outbox.Lanes;
using Weir.Outbox.Writing;

namespace Weir.Outbox.Inbox;

/// <summary>What a consumer sees: everything it publishes or sends becomes a row of its own transaction.</summary>
internal sealed class InboxConsumeContext<TDbContext, T>(
    ConsumeContext<T> context,
    OutboxConsumeOptions options,
    IServiceProvider services,
    TDbContext db,
    Lane<TDbContext> lane,
    IDbContextTransaction transaction,
    bool isConsumed)
    : OutboxConsumeContextProxy<T>(context, options, services)
    where TDbContext : DbContext
    where T : class
{
    /// <summary>The database has said so.</summary>
    public bool IsCommitted { get; private set; }

    public override bool ContinueProcessing { get; set; } = true;

    public override bool IsMessageConsumed => isConsumed;

    // Delivery is never the consumer's affair: its rows go out by the delivery service.
    public override bool IsOutboxDelivered => true;

    public override int ReceiveCount => 1;

    public override long? LastSequenceNumber => null;

    /// <summary>Called when the consumer has returned: saves what it left unsaved and commits.</summary>
    public override async Task SetConsumed()
    {
        await db.SaveOrFailAsync(CancellationToken);
        await transaction.CommitAsync(CancellationToken);
        IsCommitted = true;
    }

    public override Task SetDelivered() => Task.CompletedTask;

    public override Task<List<OutboxMessageContext>> LoadOutboxMessages() => Task.FromResult(new List<OutboxMessageContext>());

    public override Task NotifyOutboxMessageDelivered(OutboxMessageContext message) => Task.CompletedTask;

    public override Task RemoveOutboxMessages() => Task.CompletedTask;

    public override Task AddSend<TMessage>(SendContext<TMessage> context)
    {
        PendingMessages.Add(db, StoredMessage.From(context, lane.Ids, lane.Now));
        return Task.CompletedTask;
    }
}
