using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Weir.Outbox;

/// <summary>Adds the three tables to a model: names and types as the official package has them on the same provider.</summary>
public static class OutboxModelExtensions
{
    private const int AddressLength = 256;

    /// <summary>Adds <see cref="InboxState"/>, <see cref="OutboxState"/> and <see cref="OutboxMessage"/>.</summary>
    /// <param name="model">The model under construction.</param>
    /// <param name="customize">Called with each of the three, to change the table's name or schema. Column types must stay.</param>
    public static void AddTransactionalOutboxEntities(this ModelBuilder model, Action<EntityTypeBuilder>? customize = null)
    {
        model.AddInboxStateEntity(customize);
        model.AddOutboxStateEntity(customize);
        model.AddOutboxMessageEntity(customize);
    }

    /// <summary>Adds the inbox alone; see <see cref="AddTransactionalOutboxEntities"/>.</summary>
    public static void AddInboxStateEntity(this ModelBuilder model, Action<EntityTypeBuilder<InboxState>>? customize = null)
    {
        var entity = model.Entity<InboxState>();
        entity.ToTable(nameof(InboxState));
        entity.HasKey(row => row.Id);
        entity.HasAlternateKey(row => new { row.MessageId, row.ConsumerId });
        entity.Property(row => row.RowVersion).IsRowVersion();
        entity.HasIndex(row => row.Delivered);
        customize?.Invoke(entity);
    }

    /// <summary>Adds the lanes alone; see <see cref="AddTransactionalOutboxEntities"/>.</summary>
    public static void AddOutboxStateEntity(this ModelBuilder model, Action<EntityTypeBuilder<OutboxState>>? customize = null)
    {
        var entity = model.Entity<OutboxState>();
        entity.ToTable(nameof(OutboxState));
        entity.HasKey(row => row.OutboxId);
        entity.Property(row => row.OutboxId).ValueGeneratedNever();
        entity.Property(row => row.RowVersion).IsRowVersion();
        entity.HasIndex(row => row.Created);
        customize?.Invoke(entity);
    }

    /// <summary>Adds the messages alone, which refer to the other two; see <see cref="AddTransactionalOutboxEntities"/>.</summary>
    public static void AddOutboxMessageEntity(this ModelBuilder model, Action<EntityTypeBuilder<OutboxMessage>>? customize = null)
    {
        var entity = model.Entity<OutboxMessage>();
        entity.ToTable(nameof(OutboxMessage));
        entity.HasKey(row => row.SequenceNumber);
        entity.Property(row => row.SourceAddress).HasMaxLength(AddressLength);
        entity.Property(row => row.DestinationAddress).HasMaxLength(AddressLength);
        entity.Property(row => row.ResponseAddress).HasMaxLength(AddressLength);
        entity.Property(row => row.FaultAddress).HasMaxLength(AddressLength);
        entity.Property(row => row.ContentType).HasMaxLength(AddressLength);
        entity.HasIndex(row => row.EnqueueTime);
        entity.HasIndex(row => row.ExpirationTime);
        entity.HasIndex(row => new { row.InboxMessageId, row.InboxConsumerId, row.SequenceNumber }).IsUnique();
        entity.HasIndex(row => new { row.OutboxId, row.SequenceNumber }).IsUnique();
        entity.HasOne<OutboxState>().WithMany().HasForeignKey(row => row.OutboxId).IsRequired(false);
        entity.HasOne<InboxState>().WithMany()
            .HasForeignKey(row => new { row.InboxMessageId, row.InboxConsumerId })
            .HasPrincipalKey(row => new { row.MessageId, row.ConsumerId })
            .IsRequired(false);
        customize?.Invoke(entity);
    }
}
