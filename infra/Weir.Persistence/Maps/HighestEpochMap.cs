using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Maps;

internal sealed class HighestEpochMap : IEntityTypeConfiguration<StoredHighestEpoch>
{
    public void Configure(EntityTypeBuilder<StoredHighestEpoch> highest)
    {
        highest.ToTable("highest_epoch", table => table.HasCheckConstraint("ck_highest_epoch_one_row", $"id = {StoredHighestEpoch.TheOnly}"));
        highest.HasKey(row => row.Id);
        highest.Property(row => row.Id).ValueGeneratedNever();
        highest.HasData(new StoredHighestEpoch());
    }
}
