using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Maps;

internal sealed class PlanMap : IEntityTypeConfiguration<StoredPlan>
{
    public void Configure(EntityTypeBuilder<StoredPlan> plan)
    {
        plan.ToTable("plans");
        plan.HasKey(row => new { row.Pool, row.Version });
        plan.Property(row => row.Pool).HasMaxLength(Widths.Pool);
        plan.Property(row => row.MadeBy).HasMaxLength(Widths.Holder);
        plan.HasIndex(row => row.MadeAt);
    }
}
