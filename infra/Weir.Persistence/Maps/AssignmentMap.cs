using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Maps;

internal sealed class AssignmentMap : IEntityTypeConfiguration<StoredAssignment>
{
    public void Configure(EntityTypeBuilder<StoredAssignment> assignment)
    {
        assignment.ToTable("assignments");
        assignment.HasKey(row => row.Stream);
        assignment.Property(row => row.Stream).HasMaxLength(Widths.Stream);
        assignment.Property(row => row.Pool).HasMaxLength(Widths.Pool);
        assignment.Property(row => row.Worker).HasMaxLength(Widths.Worker);
        assignment.Property(row => row.Epoch).IsConcurrencyToken();
        assignment.Property(row => row.State).IsConcurrencyToken();
        assignment.HasIndex(row => new { row.Pool, row.Changed });
        assignment.HasIndex(row => row.Incarnation);
        assignment.HasIndex(row => row.Deadline).HasFilter("state IN ('Starting', 'Releasing')");
    }
}
