using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Maps;

internal sealed class MigrationMap : IEntityTypeConfiguration<StoredMigration>
{
    public void Configure(EntityTypeBuilder<StoredMigration> migration)
    {
        migration.ToTable("migrations");
        migration.HasKey(row => row.CorrelationId);
        migration.Property(row => row.CorrelationId).ValueGeneratedNever();
        migration.Ignore(row => row.CurrentState);
        // The saga's version is an int; the column is as wide as the other versions.
        migration.Property(row => row.Version).HasConversion<long>().IsConcurrencyToken();
        migration.Property(row => row.Pool).HasMaxLength(Widths.Pool);
        migration.Property(row => row.Stream).HasMaxLength(Widths.Stream);
        migration.Property(row => row.Reason).HasMaxLength(Widths.Reason);
        migration.HasIndex(row => row.Stream).IsUnique().HasFilter("state IN ('Releasing', 'Starting')");
        migration.HasIndex(row => row.Deadline).HasFilter("state IN ('Releasing', 'Starting')");
        migration.HasIndex(row => new { row.Pool, row.Changed });
        migration.HasIndex(row => new { row.StartedAt, row.CorrelationId });
        migration.HasIndex(row => new { row.Stream, row.StartedAt });
    }
}
