using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Weir.Bus;
using Weir.Bus.Store;
using Weir.Orchestrator.Answers;
using Weir.Orchestrator.Migrations;
using Weir.Orchestrator.Planning;
using Weir.Orchestrator.Rehearsing;
using Weir.Orchestrator.Requests;
using Weir.Orchestrator.Upkeep;
using Weir.Orchestrator.Waking;
using Weir.Orchestrator.Writing;
using Weir.Outbox;
using Weir.Persistence;
using Weir.Persistence.Resilience;
using Weir.Persistence.Rows;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;

namespace Weir.Orchestrator;

/// <summary>Orchestrator as a part of a program.</summary>
public static class OrchestratorModule
{
    /// <summary>Its name on the bus and its outbox's lane.</summary>
    public const string Name = "orchestrator";

    /// <summary>
    /// Adds Orchestrator: consumers, saga, planner loop. The host adds the database once (<c>AddWeirPersistence</c>, schema check) and
    /// binds <see cref="OrchestratorOptions"/>; the bus and its outbox are joined when another service of the process has them already.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="kind">The database that the host adds.</param>
    public static IServiceCollection AddWeirOrchestrator(this IServiceCollection services, DatabaseKind kind)
    {
        services.AddOptions<OrchestratorOptions>().PostConfigure(NameReplica).ValidateDataAnnotations().ValidateOnStart();
        AddParts(services);
        AddPlanning(services);
        if (kind == DatabaseKind.Postgres) services.AddScoped<RehearsedMove>().AddHostedService<Rehearsal>();
        return services.AddWeirBus(Name, bus =>
        {
            if (services.All(service => service.ServiceType != typeof(TransactionalOutbox<WeirDbContext>))) AddOutbox(bus, kind);
            bus.AddConsumer<AnswerConsumer, AnswerDefinition>();
            bus.AddConsumer<GetMyAssignmentsConsumer, GetMyAssignmentsDefinition>();
            bus.AddConsumer<RequestRebalanceConsumer, RequestRebalanceDefinition>();
            bus.AddConsumer<ResumeStreamsConsumer, ResumeStreamsDefinition>();
            bus.AddConsumer<PoolChangedConsumer, PoolChangedDefinition>();
            bus.AddSagaStateMachine<MigrationStateMachine, StoredMigration, MigrationDefinition>().EntityFrameworkRepository(saga =>
            {
                saga.ExistingDbContext<WeirDbContext>();
                if (kind == DatabaseKind.Postgres) saga.UsePostgres();
                else saga.UseSqlite();
            });
        });
    }

    private static void AddOutbox(IBusRegistrationConfigurator bus, DatabaseKind kind) => bus.AddEntityFrameworkOutbox<WeirDbContext>(outbox =>
    {
        outbox.Lane = Name;
        if (kind == DatabaseKind.Postgres) outbox.UsePostgres();
        else outbox.UseSqlite();
        outbox.UseBusOutbox();
    });

    private static void AddParts(IServiceCollection services)
    {
        services.TryAddSingleton(provider => new StoreSeam(StoreProbe.IsAway, provider.GetRequiredService<StoreProbe>().LookAsync));
        services.TryAddScoped<AssignmentLocks>();
        services.TryAddScoped<DatabaseClock>();
        services.TryAddScoped<PoolStore>();
        services.TryAddScoped<PlanningReader>();
        services.TryAddScoped<RebalanceStore>();
        services.AddSingleton<OrchestratorMetrics>();
        services.AddSingleton(_ => new MigrationIds(NewId.NextGuid));
        services.AddScoped<CommittedCounts>();
        services.ConfigureDbContext<WeirDbContext>((provider, db) => db.AddInterceptors(provider.GetRequiredService<CommittedCounts>()));
        services.AddScoped<RowChanges>();
        services.AddScoped<OwnershipFacts>();
        services.AddScoped<CommandSender>();
        services.AddScoped<MigrationFacts>();
        services.AddScoped<MigrationDesk>();
        services.AddScoped<MigrationDecision>();
        services.AddScoped<AnswerDesk>();
        services.AddScoped<AssignmentList>();
        services.AddScoped<QuarantineDesk>();
        services.AddScoped<RebalanceDesk>();
        services.AddScoped<PlanRecord>();
        services.AddScoped<SliceWriter>();
    }

    private static void AddPlanning(IServiceCollection services)
    {
        services.AddSingleton<WakeSignal>();
        services.AddSingleton<EraWatch>();
        services.AddSingleton<Sweep>();
        services.AddSingleton<Retention>();
        services.AddSingleton<Cataloguing>();
        services.AddSingleton<Regranting>();
        services.AddSingleton<Repairing>();
        services.AddSingleton<Forgetting>();
        services.AddSingleton<PoolAudit>();
        services.AddSingleton<Applier>();
        services.AddSingleton<StandStill>();
        services.AddSingleton<PlannerLoop>();
        services.AddHostedService(provider => provider.GetRequiredService<PlannerLoop>());
    }

    // Host names may hold what queue names may not.
    private static void NameReplica(OrchestratorOptions options)
    {
        if (options.Replica.Length > 0) return;
        var host = new string([.. Environment.MachineName.Where(char.IsAsciiLetterOrDigit).Take(40)]);
        options.Replica = $"{(host.Length == 0 ? "host" : host)}-{Environment.ProcessId}";
    }
}
