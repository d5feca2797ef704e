using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Outbox.TestHost.Faults;

namespace Weir.Outbox.TestHost.Shop;

/// <summary>Puts a shop together, for a test's own process and for children.</summary>
public static class ShopHost
{
    public const string OrdersQueue = "shop.orders";
    public const string TalliesQueue = "shop.tallies";

    public static IHost Build(ShopSettings settings, Action<IServiceCollection>? also = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        if (Environment.GetEnvironmentVariable("SHOP_LOG") is not null) builder.Logging.AddSimpleConsole();
        AddTo(builder.Services, settings, also);
        return builder.Build();
    }

    /// <summary>For a host of another kind, such as a web application.</summary>
    public static void AddTo(IServiceCollection services, ShopSettings settings, Action<IServiceCollection>? also = null)
    {
        var fault = new PlannedFault(settings.FaultPoint, settings.FaultAct, settings.FaultAt);
        services.AddSingleton(fault);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        services.AddOptions<MassTransitHostOptions>().Configure(bus =>
        {
            bus.WaitUntilStarted = true;
            bus.StartTimeout = TimeSpan.FromSeconds(30);
            bus.StopTimeout = TimeSpan.FromSeconds(5);
        });
        services.AddDbContext<ShopContext>(db =>
        {
            if (settings.Postgres is { } postgres) db.UseNpgsql(postgres);
            else db.UseSqlite(settings.Sqlite);
            db.AddInterceptors(new FaultInterceptor(fault));
        });
        also?.Invoke(services);
        services.AddMassTransit(bus => Configure(bus, settings, fault));
    }

    /// <summary>Makes the tables where there are none.</summary>
    public static async Task CreateTablesAsync(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ShopContext>().Database.EnsureCreatedAsync(cancel);
    }

    private static void Configure(IBusRegistrationConfigurator bus, ShopSettings settings, PlannedFault fault)
    {
        bus.DisableUsageTelemetry();
        bus.AddEntityFrameworkOutbox<ShopContext>(outbox =>
        {
            outbox.Lane = settings.Lane;
            outbox.QueryDelay = TimeSpan.FromMilliseconds(settings.QueryDelayMs);
            if (settings.Postgres is null) outbox.UseSqlite();
            else outbox.UsePostgres();
            outbox.UseBusOutbox(delivery =>
            {
                delivery.MessageDeliveryLimit = settings.DeliveryLimit;
                if (!settings.Delivers) delivery.DisableDeliveryService();
            });
        });
        if (settings.Consumes) AddConsumers(bus, settings);

        if (settings.Broker is { } broker)
        {
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(broker, host => host.ConnectionName($"shop#{Environment.ProcessId}"));
                Endpoints(context, rabbit, settings, fault, endpoint =>
                {
                    if (endpoint is IRabbitMqReceiveEndpointConfigurator queue) queue.SetQuorumQueue();
                });
            });
        }
        else
        {
            bus.UsingInMemory((context, memory) => Endpoints(context, memory, settings, fault, _ => { }));
        }
    }

    private static void AddConsumers(IBusRegistrationConfigurator bus, ShopSettings settings)
    {
        if (settings.Batches)
            bus.AddConsumer<PlaceOrdersConsumer>(consumer => consumer.Options<BatchOptions>(batch => batch.SetMessageLimit(50).SetTimeLimit(ms: 50).SetConcurrencyLimit(2)));
        else bus.AddConsumer<PlaceOrderConsumer>();
        bus.AddSagaStateMachine<TallyStateMachine, Tally>().EntityFrameworkRepository(saga =>
        {
            saga.ConcurrencyMode = settings.Concurrency;
            saga.ExistingDbContext<ShopContext>();
            if (settings.Postgres is null) saga.UseSqlite();
            else saga.UsePostgres();
        });
    }

    private static void Endpoints(
        IBusRegistrationContext context, IBusFactoryConfigurator bus, ShopSettings settings, PlannedFault fault, Action<IReceiveEndpointConfigurator> queue)
    {
        var observer = new FaultObserver(fault);
        bus.ConnectBusObserver(new ObserverConnector(observer));
        if (!settings.Consumes) return;

        bus.ReceiveEndpoint(OrdersQueue, endpoint =>
        {
            queue(endpoint);
            endpoint.PrefetchCount = settings.Batches ? Math.Max(settings.Prefetch, 100) : settings.Prefetch;
            endpoint.UseMessageRetry(retry => retry.Interval(5, TimeSpan.FromMilliseconds(50)));
            endpoint.UseEntityFrameworkOutbox<ShopContext>(context);
            if (settings.Batches) endpoint.ConfigureConsumer<PlaceOrdersConsumer>(context);
            else endpoint.ConfigureConsumer<PlaceOrderConsumer>(context);
        });
        bus.ReceiveEndpoint(TalliesQueue, endpoint =>
        {
            queue(endpoint);
            endpoint.PrefetchCount = settings.Prefetch;
            endpoint.UseConflictRetry(50);
            endpoint.UseEntityFrameworkOutbox<ShopContext>(context);
            endpoint.ConfigureSaga<Tally>(context);
        });
    }
}
