using MassTransit;
using MassTransit.Middleware;
using Microsoft.EntityFrameworkCore;
using Weir.Outbox.Lanes;
using Weir.Outbox.Writing;

namespace Weir.Outbox.Inbox;

/// <summary>
/// One transaction round a consumer: the inbox row first, which makes duplicates wait or step aside, then what the
/// consumer writes and publishes. The broker's acknowledgement follows the commit; retries stand outside and begin anew.
/// </summary>
internal sealed class InboxContextFactory<TDbContext>(TDbContext db, Lane<TDbContext> lane, IServiceProvider services)
    : IOutboxContextFactory<TDbContext>
    where TDbContext : DbContext
{
    public async Task Send<T>(ConsumeContext<T> context, OutboxConsumeOptions options, IPipe<OutboxConsumeContext<T>> next)
        where T : class
    {
        var messages = InboxMessages<T>.In(context);
        var transaction = await db.Database.BeginTransactionAsync(lane.Settings.IsolationLevel, context.CancellationToken);
        await using (transaction)
        {
            var pending = PendingMessages.Of(db);
            pending.IsGuarded = true;
            InboxConsumeContext<TDbContext, T>? inbox = null;
            try
            {
                var fresh = await lane.Dialect.TakeAsync(
                    lane.Sql(db), lane.Names(db), options.ConsumerId, messages, lane.Now, context.CancellationToken);
                inbox = new InboxConsumeContext<TDbContext, T>(
                    InboxMessages<T>.Only(context, messages, fresh), options, services, db, lane, transaction, isConsumed: fresh.Count == 0);
                await next.Send(inbox);
            }
            finally
            {
                pending.IsGuarded = false;
                if (inbox is not { IsCommitted: true }) Forget(pending);
            }
        }
    }

    // A scope may outlive the attempt; what this one tracked must not be saved by whatever follows.
    private void Forget(PendingMessages pending)
    {
        db.ChangeTracker.Clear();
        pending.Forget();
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("weirOutbox").Add("lane", lane.Settings.Lane);
}
