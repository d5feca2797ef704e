using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Maps;

internal sealed class RebalanceMap : IEntityTypeConfiguration<StoredRebalance>
{
    public void Configure(EntityTypeBuilder<StoredRebalance> rebalance)
    {
        rebalance.ToTable("rebalances");
        rebalance.HasKey(row => new { row.Pool, row.Key });
        rebalance.Property(row => row.Pool).HasMaxLength(Widths.Pool);
        rebalance.Property(row => row.Key).HasMaxLength(Widths.Key);
        rebalance.HasIndex(row => row.AskedAt);
    }
}
