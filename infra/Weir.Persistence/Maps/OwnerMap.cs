using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Maps;

internal sealed class OwnerMap : IEntityTypeConfiguration<StoredOwner>
{
    public void Configure(EntityTypeBuilder<StoredOwner> owner)
    {
        owner.ToTable("owners");
        owner.HasKey(row => new { row.Stream, row.Epoch });
        owner.Property(row => row.Stream).HasMaxLength(Widths.Stream);
        owner.Property(row => row.Pool).HasMaxLength(Widths.Pool);
        owner.Property(row => row.Worker).HasMaxLength(Widths.Worker);
        owner.Property(row => row.FromWorker).HasMaxLength(Widths.Worker);
        owner.Property(row => row.EndReason).HasMaxLength(Widths.Reason);
        owner.HasIndex(row => row.ToldAt);
    }
}
