using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Outbox;

namespace Weir.Benchmarks.Outbox;

/// <summary>One variant, running.</summary>
internal sealed class BenchHost : IAsyncDisposable
{
    public const string WorkQueue = "bench.work";
    public const string BeatsQueue = "bench.beats";
    private readonly IHost _host;

    private BenchHost(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public IBusControl Bus => Services.GetRequiredService<IBusControl>();

    public Tally Tally => Services.GetRequiredService<Tally>();

    // A flow of its own: MassTransit keeps its logger in the flow that starts it.
    public static Task<BenchHost> StartAsync(BenchSettings settings, CancellationToken cancel) => Task.Run(
        async () =>
        {
            var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            builder.Logging.AddSimpleConsole();
            builder.Services.AddSingleton(settings);
            builder.Services.AddSingleton<Tally>();
            builder.Services.AddSingleton(TimeProvider.System);
            builder.Services.AddOptions<MassTransitHostOptions>().Configure(bus => bus.WaitUntilStarted = true);
            builder.Services.AddDbContext<BenchContext>(db => db.UseNpgsql(settings.Postgres));
            builder.Services.AddMassTransit(bus => Configure(bus, settings));
            var host = builder.Build();
            await using (var scope = host.Services.CreateAsyncScope())
                await scope.ServiceProvider.GetRequiredService<BenchContext>().Database.EnsureCreatedAsync(cancel);
            await host.StartAsync(cancel);
            return new BenchHost(host);
        },
        cancel);

    public async Task RunAsync(string sql, CancellationToken cancel)
    {
        await using var scope = Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<BenchContext>().Database;
        database.SetCommandTimeout(TimeSpan.FromMinutes(5));
        await database.ExecuteSqlRawAsync(sql, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.Run(() => _host.StopAsync(CancellationToken.None));
        _host.Dispose();
    }

    private static void Configure(IBusRegistrationConfigurator bus, BenchSettings settings)
    {
        bus.DisableUsageTelemetry();
        if (settings.HasOutbox)
        {
            bus.AddEntityFrameworkOutbox<BenchContext>(outbox =>
            {
                outbox.UsePostgres();
                outbox.UseBusOutbox(delivery =>
                {
                    if (!settings.Delivers) delivery.DisableDeliveryService();
                });
            });
        }

        if (settings.Hears) bus.AddConsumer<HappenedConsumer>();
        if (settings.HasWork) bus.AddConsumer<WorkConsumer>();
        if (settings.HasBatches) bus.AddConsumer<WorkBatchConsumer>(one => one.Options<BatchOptions>(batch => Batches(batch, 100)));
        if (settings.HasBeats) bus.AddConsumer<BeatBatchConsumer>(one => one.Options<BatchOptions>(batch => Batches(batch, 250)));
        bus.UsingRabbitMq((context, rabbit) =>
        {
            rabbit.Host(settings.Broker);
            if (settings.Hears) Queue(rabbit, $"bench.events.{settings.Name}", 256, queue => queue.ConfigureConsumer<HappenedConsumer>(context));
            if (settings.HasBeats) Queue(rabbit, BeatsQueue, 1_000, queue => queue.ConfigureConsumer<BeatBatchConsumer>(context));
            if (!settings.HasWork && !settings.HasBatches) return;

            Queue(rabbit, WorkQueue, settings.HasBatches ? 200 : 32, queue =>
            {
                queue.UseMessageRetry(retry => retry.Interval(3, 100));
                if (settings.HasOutbox) queue.UseEntityFrameworkOutbox<BenchContext>(context);
                if (settings.HasWork) queue.ConfigureConsumer<WorkConsumer>(context);
                else queue.ConfigureConsumer<WorkBatchConsumer>(context);
            });
        });
    }

    private static void Batches(BatchOptions batch, int messages) => batch.SetMessageLimit(messages).SetTimeLimit(ms: 20).SetConcurrencyLimit(2);

    private static void Queue(
        IRabbitMqBusFactoryConfigurator rabbit, string name, int prefetch, Action<IRabbitMqReceiveEndpointConfigurator> configure) =>
        rabbit.ReceiveEndpoint(name, queue =>
        {
            queue.SetQuorumQueue();
            queue.PrefetchCount = prefetch;
            configure(queue);
        });
}
