using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Weir.Outbox;

/// <summary>Maps sagas.</summary>
public static class SagaModelExtensions
{
    /// <summary>Adds a saga: CorrelationId is its key, given by the messages; Version is its concurrency token, counted by the repository.</summary>
    public static EntityTypeBuilder<TSaga> AddSaga<TSaga>(this ModelBuilder model)
        where TSaga : class, ISagaVersion
    {
        var entity = model.Entity<TSaga>();
        entity.HasKey(saga => saga.CorrelationId);
        entity.Property(saga => saga.CorrelationId).ValueGeneratedNever();
        entity.Property(saga => saga.Version).IsConcurrencyToken();
        return entity;
    }
}
