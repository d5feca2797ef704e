using MassTransit;
using MassTransit.Configuration;
using MassTransit.DependencyInjection;
using MassTransit.Middleware;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Weir.Outbox.Delivery;
using Weir.Outbox.Inbox;
using Weir.Outbox.Lanes;
using Weir.Outbox.Sagas;
using Weir.Outbox.Writing;

namespace Weir.Outbox;

/// <summary>Puts outbox and inbox on a bus and its endpoints.</summary>
public static class OutboxConfigurationExtensions
{
    /// <summary>
    /// Adds the outbox of a DbContext: its delivery, and with <see cref="EntityFrameworkOutboxConfigurator.UseBusOutbox"/> the
    /// writing of rows outside consumers. The context must be registered, and its model must have the three tables.
    /// </summary>
    /// <exception cref="ConfigurationException">An option is out of range, or no database was chosen.</exception>
    public static void AddEntityFrameworkOutbox<TDbContext>(
        this IBusRegistrationConfigurator bus, Action<EntityFrameworkOutboxConfigurator>? configure = null)
        where TDbContext : DbContext
    {
        var options = new EntityFrameworkOutboxConfigurator();
        configure?.Invoke(options);
        var settings = options.Build();

        bus.TryAddSingleton(TimeProvider.System);
        bus.TryAddSingleton(services => new Lane<TDbContext>(settings, services.GetRequiredService<TimeProvider>()));
        bus.TryAddSingleton<CommitInterceptor<TDbContext>>();
        bus.TryAddSingleton<OutboxMetrics<TDbContext>>();
        bus.TryAddSingleton<LaneDelivery<TDbContext>>();
        bus.TryAddSingleton(services => new TransactionalOutbox<TDbContext>(
            services.GetRequiredService<Lane<TDbContext>>(), services.GetRequiredService<IServiceScopeFactory>()));
        bus.TryAddScoped<IOutboxContextFactory<TDbContext>, InboxContextFactory<TDbContext>>();
        bus.ConfigureDbContext<TDbContext>((services, db) => db.AddInterceptors(
            services.GetRequiredService<CommitInterceptor<TDbContext>>(), ReopeningInterceptor.Instance, SagaVersionInterceptor.Instance));

        if (options.HasBusOutbox) bus.Replace(ServiceDescriptor.Scoped<IScopedBusContextProvider<IBus>, BusOutboxContextProvider<TDbContext>>());
        if (options.HasInboxCleanup) bus.AddHostedService<InboxCleanupService<TDbContext>>();
        if (options.HasDelivery)
        {
            bus.AddHostedService<DeliveryService<TDbContext>>();
            bus.AddHostedService<DepthSampler<TDbContext>>();
        }
    }

    /// <summary>
    /// Runs each consumer and saga of the endpoint in one transaction with an inbox row, and lets what it publishes or
    /// sends ride in it. Call it after UseMessageRetry: a retry must begin a new transaction.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="context">As the endpoint's callback gives it.</param>
    /// <param name="configure">Kept for the official shape: delivery never happens in the consumer, so these options do nothing.</param>
    public static void UseEntityFrameworkOutbox<TDbContext>(
        this IReceiveEndpointConfigurator endpoint, IRegistrationContext context, Action<IOutboxOptionsConfigurator>? configure = null)
        where TDbContext : DbContext
    {
        var observer = new OutboxConsumePipeSpecificationObserver<TDbContext>(endpoint, context);
        configure?.Invoke(observer);
        endpoint.ConnectConsumerConfigurationObserver(observer);
        endpoint.ConnectSagaConfigurationObserver(observer);
    }
}
