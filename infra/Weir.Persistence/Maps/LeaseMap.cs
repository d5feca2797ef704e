using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Maps;

internal sealed class LeaseMap : IEntityTypeConfiguration<StoredLease>
{
    public void Configure(EntityTypeBuilder<StoredLease> lease)
    {
        lease.ToTable("leases");
        lease.HasKey(row => row.Incarnation);
        lease.Property(row => row.Incarnation).ValueGeneratedNever();
        lease.Property(row => row.Worker).HasMaxLength(Widths.Worker);
        lease.Property(row => row.Process).HasMaxLength(Widths.Process);
        lease.Property(row => row.Predecessor).HasMaxLength(Widths.Process);
        lease.Property(row => row.Digest).HasConversion<Bits64Converter>();
        lease.HasIndex(row => new { row.Worker, row.Incarnation }).IsUnique();
        lease.HasIndex(row => row.Changed);
    }
}
