using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Maps;

internal sealed class StreamMap : IEntityTypeConfiguration<StoredStream>
{
    public void Configure(EntityTypeBuilder<StoredStream> stream)
    {
        stream.ToTable("streams");
        stream.HasKey(row => row.Stream);
        stream.Property(row => row.Stream).HasMaxLength(Widths.Stream);
        stream.Property(row => row.Pool).HasMaxLength(Widths.Pool);
        stream.Property(row => row.Kind).HasMaxLength(Widths.Kind);
        stream.Property(row => row.PinnedTo).HasMaxLength(Widths.Worker);
        stream.HasIndex(row => new { row.Pool, row.Changed });
    }
}
