using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Maps;

internal sealed class PartMap : IEntityTypeConfiguration<StoredPart>
{
    public void Configure(EntityTypeBuilder<StoredPart> part)
    {
        part.ToTable("parts");
        part.HasKey(row => new { row.Request, row.Part });
        part.Property(row => row.Request).HasMaxLength(Widths.Request);
        part.HasIndex(row => row.ReceivedAt);
    }
}
