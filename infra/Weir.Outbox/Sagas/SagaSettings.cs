using MassTransit;
using Weir.Outbox.Dialects;

namespace Weir.Outbox.Sagas;

/// <summary>The options of one saga's repository, checked and fixed.</summary>
internal sealed record SagaSettings<TSaga>(OutboxDialect Dialect, ConcurrencyMode Mode, System.Data.IsolationLevel IsolationLevel)
    where TSaga : class, ISaga;
