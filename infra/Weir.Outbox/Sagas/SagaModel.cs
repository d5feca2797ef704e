using System.Runtime.CompilerServices;
using MassTransit;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Weir.Outbox.Sagas;

/// <summary>What a model says of sagas.</summary>
internal static class SagaModel
{
    private static readonly ConditionalWeakTable<IModel, object> Known = [];

    /// <summary>Whether the model has any saga with a version; asked at every save, so remembered a model.</summary>
    public static bool HasSagas(IModel model) =>
        (bool)Known.GetValue(model, static one => one.GetEntityTypes().Any(type => typeof(ISagaVersion).IsAssignableFrom(type.ClrType)));

    /// <exception cref="ConfigurationException">The saga is not in the model, or two writers of one instance would not notice each other.</exception>
    public static void Check<TSaga>(IModel model, bool isOptimistic)
        where TSaga : class, ISaga
    {
        var type = model.FindEntityType(typeof(TSaga))
            ?? throw new ConfigurationException($"Saga {typeof(TSaga).Name} is not in the DbContext's model: map it with modelBuilder.AddSaga<{typeof(TSaga).Name}>().");
        if (isOptimistic && !type.GetProperties().Any(property => property.IsConcurrencyToken))
        {
            throw new ConfigurationException(
                $"Saga {typeof(TSaga).Name} has no concurrency token, so one of two parallel events would be lost without a word: " +
                $"let it implement ISagaVersion and map it with modelBuilder.AddSaga<{typeof(TSaga).Name}>().");
        }
    }
}
