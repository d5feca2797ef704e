using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Maps;

internal sealed class RequestMap : IEntityTypeConfiguration<StoredRequest>
{
    public void Configure(EntityTypeBuilder<StoredRequest> request)
    {
        request.ToTable("requests");
        request.HasKey(row => row.Request);
        request.Property(row => row.Request).HasMaxLength(Widths.Request);
        request.Property(row => row.Answer).HasMaxLength(Widths.Reason);
        request.HasIndex(row => row.AnsweredAt);
    }
}
