using Microsoft.EntityFrameworkCore;
using Weir.Core.Identity;
using Weir.Persistence.Maps;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Postgres;

/// <summary>Weir's tables on PostgreSQL 13 or newer (<c>xid8</c>).</summary>
internal sealed class PostgresWeirDbContext(DbContextOptions<PostgresWeirDbContext> options) : WeirDbContext(options)
{
    /// <summary>Epochs and incarnations are drawn from it.</summary>
    internal const string Counter = "epochs";

    // A renewal then finds room on its own page, and no index is touched.
    private const int LeaseFillPercent = 50;

    private protected override void ApplyProvider(ModelBuilder model)
    {
        model.HasSequence<long>(Counter).StartsAt(1).HasMin(1).HasMax(Epoch.Max).IsCyclic(false);
        foreach (var property in ChangedColumn.Of(model)) property.SetColumnType("xid8");

        model.Entity<StoredLease>().HasStorageParameter("fillfactor", LeaseFillPercent);
        model.Entity<StoredWorker>().Property(row => row.Labels).HasColumnType("jsonb");
        model.Entity<StoredStream>().Property(row => row.Labels).HasColumnType("jsonb");
        model.Entity<StoredStream>().Property(row => row.Payload).HasColumnType("jsonb");
        model.Entity<StoredPool>().Property(row => row.Settings).HasColumnType("jsonb");
        model.Entity<StoredPlan>().Property(row => row.Certificate).HasColumnType("jsonb");
        model.Entity<StoredPlan>().Property(row => row.Report).HasColumnType("jsonb");

        // Ids are ordered by their bytes everywhere, whatever language the server speaks.
        foreach (var property in model.Model.GetEntityTypes().SelectMany(type => type.GetProperties()))
            if (property.ClrType == typeof(WorkerId) || property.ClrType == typeof(WorkerId?) || property.ClrType == typeof(StreamId))
                property.SetCollation("C");
    }
}
