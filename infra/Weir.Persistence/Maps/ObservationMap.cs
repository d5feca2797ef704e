using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Maps;

internal sealed class ObservationMap : IEntityTypeConfiguration<StoredObservation>
{
    public void Configure(EntityTypeBuilder<StoredObservation> observation)
    {
        observation.ToTable("observations");
        observation.HasKey(row => new { row.Incarnation, row.Stream });
        observation.Property(row => row.Stream).HasMaxLength(Widths.Stream);
        observation.HasIndex(row => row.Changed);
    }
}
