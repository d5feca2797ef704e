using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Maps;

internal sealed class PoolMap : IEntityTypeConfiguration<StoredPool>
{
    public void Configure(EntityTypeBuilder<StoredPool> pool)
    {
        pool.ToTable("pools");
        pool.HasKey(row => row.Pool);
        pool.Property(row => row.Pool).HasMaxLength(Widths.Pool);
        pool.Property(row => row.Version).IsConcurrencyToken();
    }
}
