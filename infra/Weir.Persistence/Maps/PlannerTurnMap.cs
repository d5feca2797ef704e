using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Maps;

internal sealed class PlannerTurnMap : IEntityTypeConfiguration<StoredPlannerTurn>
{
    public void Configure(EntityTypeBuilder<StoredPlannerTurn> turn)
    {
        turn.ToTable("planner_turn");
        turn.HasKey(row => row.Pool);
        turn.Property(row => row.Pool).HasMaxLength(Widths.Pool);
        turn.Property(row => row.Holder).HasMaxLength(Widths.Holder);
    }
}
