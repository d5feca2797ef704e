using Microsoft.EntityFrameworkCore;
using Weir.Core.Identity;
using Weir.Persistence.Maps;
using Weir.Persistence.Rows;

namespace Weir.Persistence;

/// <summary>
/// Weir's tables. Services take it from <see cref="Resilience.DatabaseResilience"/>, one a unit of work, and write only the tables
/// they own. Which database is behind it is a setting: there is one sealed context a provider, each with migrations of its own.
/// </summary>
public abstract class WeirDbContext : DbContext
{
    private protected WeirDbContext(DbContextOptions options)
        : base(options)
    {
    }

    /// <summary>Written by Registry.</summary>
    public DbSet<StoredWorker> Workers => Set<StoredWorker>();

    /// <summary>Written by Registry.</summary>
    public DbSet<StoredLease> Leases => Set<StoredLease>();

    /// <summary>Written by Registry.</summary>
    public DbSet<StoredObservation> Observations => Set<StoredObservation>();

    /// <summary>Written by Registry.</summary>
    public DbSet<StoredStream> Streams => Set<StoredStream>();

    /// <summary>Written by Registry.</summary>
    public DbSet<StoredReport> Reports => Set<StoredReport>();

    /// <summary>Written by Registry.</summary>
    public DbSet<StoredPart> Parts => Set<StoredPart>();

    /// <summary>Written by Registry.</summary>
    public DbSet<StoredRequest> Requests => Set<StoredRequest>();

    /// <summary>Written by Registry. One row.</summary>
    public DbSet<StoredHighestEpoch> HighestEpochs => Set<StoredHighestEpoch>();

    /// <summary>Written by Orchestrator.</summary>
    public DbSet<StoredPool> Pools => Set<StoredPool>();

    /// <summary>Written by Orchestrator.</summary>
    public DbSet<StoredAssignment> Assignments => Set<StoredAssignment>();

    /// <summary>Written by Orchestrator.</summary>
    public DbSet<StoredMigration> Migrations => Set<StoredMigration>();

    /// <summary>Written by Orchestrator.</summary>
    public DbSet<StoredPlan> Plans => Set<StoredPlan>();

    /// <summary>Written by Orchestrator.</summary>
    public DbSet<StoredPlannerTurn> PlannerTurns => Set<StoredPlannerTurn>();

    /// <summary>Written by Orchestrator.</summary>
    public DbSet<StoredRebalance> Rebalances => Set<StoredRebalance>();

    /// <summary>Written by Orchestrator. One row.</summary>
    public DbSet<StoredEra> Eras => Set<StoredEra>();

    /// <summary>Written by Diagnostics.</summary>
    public DbSet<StoredOwner> Owners => Set<StoredOwner>();

    /// <summary>A unit of work's transaction is open: its connection may not be opened anew until that ends.</summary>
    internal bool IsInUnitOfWork { get; set; }

    /// <inheritdoc/>
    protected sealed override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<WorkerId>().HaveConversion<WorkerIdConverter>();
        configurationBuilder.Properties<StreamId>().HaveConversion<StreamIdConverter>();
        configurationBuilder.Properties<Incarnation>().HaveConversion<IncarnationConverter>();
        configurationBuilder.Properties<Epoch>().HaveConversion<EpochConverter>();
        configurationBuilder.Properties<TimeSpan>().HaveConversion<MillisecondsConverter>();
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    /// <inheritdoc/>
    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.ApplyConfiguration(new WorkerMap());
        modelBuilder.ApplyConfiguration(new LeaseMap());
        modelBuilder.ApplyConfiguration(new ObservationMap());
        modelBuilder.ApplyConfiguration(new StreamMap());
        modelBuilder.ApplyConfiguration(new ReportMap());
        modelBuilder.ApplyConfiguration(new PartMap());
        modelBuilder.ApplyConfiguration(new RequestMap());
        modelBuilder.ApplyConfiguration(new HighestEpochMap());
        modelBuilder.ApplyConfiguration(new PoolMap());
        modelBuilder.ApplyConfiguration(new AssignmentMap());
        modelBuilder.ApplyConfiguration(new MigrationMap());
        modelBuilder.ApplyConfiguration(new PlanMap());
        modelBuilder.ApplyConfiguration(new PlannerTurnMap());
        modelBuilder.ApplyConfiguration(new RebalanceMap());
        modelBuilder.ApplyConfiguration(new EraMap());
        modelBuilder.ApplyConfiguration(new OwnerMap());
        OutboxMap.Apply(modelBuilder);
        TableNaming.Apply(modelBuilder);
        ChangedColumn.Apply(modelBuilder);
        ApplyProvider(modelBuilder);
    }

    /// <summary>What only this database knows: column types, collations, storage.</summary>
    private protected abstract void ApplyProvider(ModelBuilder model);
}
