using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Maps;

internal sealed class WorkerMap : IEntityTypeConfiguration<StoredWorker>
{
    public void Configure(EntityTypeBuilder<StoredWorker> worker)
    {
        worker.ToTable("workers");
        worker.HasKey(row => row.Worker);
        worker.Property(row => row.Worker).HasMaxLength(Widths.Worker);
        worker.Property(row => row.Process).HasMaxLength(Widths.Process);
        worker.Property(row => row.Pool).HasMaxLength(Widths.Pool);
        worker.Property(row => row.Version).HasMaxLength(Widths.Version);
        worker.HasIndex(row => new { row.Pool, row.Changed });
    }
}
