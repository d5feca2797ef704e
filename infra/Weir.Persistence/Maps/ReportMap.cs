using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Maps;

internal sealed class ReportMap : IEntityTypeConfiguration<StoredReport>
{
    public void Configure(EntityTypeBuilder<StoredReport> report)
    {
        report.ToTable("reports");
        report.HasKey(row => row.Stream);
        report.Property(row => row.Stream).HasMaxLength(Widths.Stream);
        report.Property(row => row.Position).HasMaxLength(Widths.Position);
        report.HasIndex(row => row.Changed);
    }
}
