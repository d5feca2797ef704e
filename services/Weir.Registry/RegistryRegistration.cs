using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Weir.Bus;
using Weir.Bus.Store;
using Weir.Outbox;
using Weir.Persistence;
using Weir.Persistence.Resilience;
using Weir.Persistence.Settings;
using Weir.Registry.Beats;
using Weir.Registry.Catalogue;
using Weir.Registry.Holdings;
using Weir.Registry.Lifecycle;
using Weir.Registry.Registration;
using Weir.Registry.Reports;
using Weir.Registry.Silence;
using Weir.Registry.Upkeep;
using Weir.ServiceDefaults.Options;

namespace Weir.Registry;

/// <summary>Adds the service to a process.</summary>
public static class RegistryRegistration
{
    private const int ReportBatchMax = 50;
    private static readonly TimeSpan ReportBatchWait = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Adds Registry: its consumers on the process's bus, beats on a bus of their own, and its loops. The program adds the database
    /// (<see cref="StoreRegistration.AddWeirStore"/>) and the bus's options itself, once for all services that share the process.
    /// </summary>
    /// <param name="services">The process's services.</param>
    /// <param name="kind">Which database the program added.</param>
    public static IServiceCollection AddWeirRegistry(this IServiceCollection services, DatabaseKind kind)
    {
        services.AddWeirOptions<RegistryOptions>("Weir:Registry");
        services.TryAddSingleton(provider => new StoreSeam(StoreProbe.IsAway, provider.GetRequiredService<StoreProbe>().LookAsync));
        AddDesks(services);
        AddLoops(services);
        services.AddWeirBus(Endpoints.Service, bus => AddConsumers(bus, kind));
        services.AddWeirBeatBus(Endpoints.Service, AddBeatConsumers);
        services.AddHealthChecks().AddCheck<QueueEventsHealth>("weir-registry", tags: ["ready"]);
        return services;
    }

    private static void AddDesks(IServiceCollection services)
    {
        services.AddSingleton(RegistryProcess.New());
        services.AddSingleton<RegistryMetrics>();
        services.AddSingleton<RegistrationDesk>();
        services.AddSingleton<HoldingsDesk>();
        services.AddSingleton<WorkerDesk>();
        services.AddSingleton<CatalogueDesk>();
        services.AddSingleton<BeatDesk>();
        services.AddSingleton<BeatChanges>();
        services.AddSingleton<BeatAnswers>();
        services.AddSingleton<CanaryEcho>();
        services.AddSingleton<MonotonicClock>();
        services.AddSingleton<CanaryState>();
        services.AddSingleton<QueuePresence>();
        services.AddSingleton<SilenceWatch>();
        services.AddSingleton<SilenceWriting>();
    }

    private static void AddLoops(IServiceCollection services)
    {
        services.AddSingleton<MarkSender>().AddHostedService(provider => provider.GetRequiredService<MarkSender>());
        services.AddSingleton<AgainSender>().AddHostedService(provider => provider.GetRequiredService<AgainSender>());
        services.AddSingleton<SilenceLoop>().AddHostedService(provider => provider.GetRequiredService<SilenceLoop>());
        services.AddSingleton<CleanupLoop>().AddHostedService(provider => provider.GetRequiredService<CleanupLoop>());
        services.AddHostedService<CanaryLoop>();
        services.AddHostedService<QueueEventsLoop>();
    }

    private static void AddConsumers(IBusRegistrationConfigurator bus, DatabaseKind kind)
    {
        AddOutbox(bus, kind);
        bus.AddConsumer<RegisterWorkerConsumer, RegisterWorkerDefinition>();
        bus.AddConsumer<HoldingsReportedConsumer, HoldingsReportedDefinition>();
        bus.AddConsumer<StreamsReportedConsumer>(
            typeof(StreamsReportedDefinition), (_, consumer) => consumer.Options<BatchOptions>(batch => batch.SetMessageLimit(ReportBatchMax).SetTimeLimit(ReportBatchWait)));
        bus.AddConsumer<WorkerStoppedConsumer, WorkerStoppedDefinition>();
        bus.AddConsumer<DrainWorkerConsumer, DrainWorkerDefinition>();
        bus.AddConsumer<DrainOnRequestConsumer, DrainOnRequestDefinition>();
        bus.AddConsumer<CordonWorkerConsumer, CordonWorkerDefinition>();
        bus.AddConsumer<UncordonWorkerConsumer, UncordonWorkerDefinition>();
        bus.AddConsumer<ForgetWorkerConsumer, ForgetWorkerDefinition>();
        bus.AddConsumer<DeclareStreamsConsumer, DeclareStreamsDefinition>();
        bus.AddConsumer<WithdrawStreamsConsumer, WithdrawStreamsDefinition>();
        bus.AddConsumer<PauseStreamsConsumer, PauseStreamsDefinition>();
        bus.AddConsumer<ResumeStreamsConsumer, ResumeStreamsDefinition>();
    }

    // Services that share a process share its context, and so one outbox: whoever comes first adds it.
    private static void AddOutbox(IBusRegistrationConfigurator bus, DatabaseKind kind)
    {
        if (bus.Any(service => service.ServiceType == typeof(TransactionalOutbox<WeirDbContext>))) return;
        bus.AddEntityFrameworkOutbox<WeirDbContext>(outbox =>
        {
            outbox.Lane = Endpoints.Service;
            if (kind == DatabaseKind.Postgres) outbox.UsePostgres();
            else outbox.UseSqlite();
            outbox.UseBusOutbox();
        });
    }

    private static void AddBeatConsumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<WorkerBeatConsumer>(typeof(WorkerBeatDefinition), (context, consumer) =>
        {
            var options = context.GetRequiredService<IOptions<RegistryOptions>>().Value;
            // Some are written while others fill. Of two, what filled had to wait for what was written, and often for its time limit.
            consumer.Options<BatchOptions>(batch => batch.SetMessageLimit(options.BeatBatchMax).SetTimeLimit(options.BeatBatchWait).SetConcurrencyLimit(4));
        });
        bus.AddConsumer<CanaryConsumer, CanaryDefinition>();
    }
}
