using MassTransit;
using MassTransit.Clients;
using MassTransit.DependencyInjection;
using MassTransit.Middleware;
using MassTransit.Middleware.Outbox;
using MassTransit.Transports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Weir.Outbox.Lanes;

namespace Weir.Outbox.Writing;

/// <summary>
/// What a scope's IPublishEndpoint and ISendEndpointProvider do: write rows to the scope's context, or, while a consumer
/// runs in the scope, go through its consume context. Which of the two is asked at every call, so an endpoint that was
/// resolved before the consumer ran does not go past the transaction.
/// </summary>
internal sealed class BusOutboxContextProvider<TDbContext>(
    IBus bus,
    TDbContext db,
    Lane<TDbContext> lane,
    Bind<IBus, IClientFactory> clients,
    Bind<IBus, IScopedConsumeContextProvider> consuming,
    IServiceProvider services,
    ILogger<BusOutboxContextProvider<TDbContext>> logger)
    : IScopedBusContextProvider<IBus>, ScopedBusContext, OutboxSendContext, IDisposable
    where TDbContext : DbContext
{
    private ISendEndpointProvider? _ownSends;
    private IPublishEndpoint? _ownPublishes;
    private ISendEndpointProvider? _sends;
    private IPublishEndpoint? _publishes;
    private IScopedClientFactory? _clientFactory;

    public ScopedBusContext Context => this;

    public ISendEndpointProvider SendEndpointProvider => _sends ??= new CurrentSendEndpointProvider(() => Consuming ?? OwnSends);

    public IPublishEndpoint PublishEndpoint => _publishes ??= new CurrentPublishEndpoint(() => Consuming ?? OwnPublishes);

    // A request waits for its answer: it cannot wait for a commit too, so it goes out at once.
    public IScopedClientFactory ClientFactory => Consuming is { } context
        ? new ScopedClientFactory(clients.Value, context)
        : _clientFactory ??= new ScopedClientFactory(new ClientFactory(new ScopedClientFactoryContext(clients.Value, services)), null);

    private ConsumeContext? Consuming => consuming.Value.HasContext ? consuming.Value.GetContext() : null;

    private ISendEndpointProvider OwnSends => _ownSends ??= new OutboxSendEndpointProvider(this, bus);

    private IPublishEndpoint OwnPublishes => _ownPublishes ??= new PublishEndpoint(new OutboxPublishEndpointProvider(this, bus));

    public Task AddSend<T>(SendContext<T> context)
        where T : class
    {
        PendingMessages.Add(db, StoredMessage.From(context, lane.Ids, lane.Now));
        return Task.CompletedTask;
    }

    public object? GetService(Type serviceType) => services.GetService(serviceType);

    public void Dispose()
    {
        // The one mistake this design invites: publishing after the last SaveChanges. It must not be silent.
        if (PendingMessages.TryGet(db, out var pending) && pending.Unsaved > 0)
            WritingLog.NeverSaved(logger, pending.Unsaved, typeof(TDbContext).Name);
    }
}
