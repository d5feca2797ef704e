using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Maps;

internal sealed class EraMap : IEntityTypeConfiguration<StoredEra>
{
    public void Configure(EntityTypeBuilder<StoredEra> era)
    {
        era.ToTable("era");
        era.HasKey(row => row.Id);
        era.Property(row => row.Id).ValueGeneratedNever();
        era.ToTable(table => table.HasCheckConstraint("ck_era_one_row", $"id = {StoredEra.TheOnly}"));
    }
}
