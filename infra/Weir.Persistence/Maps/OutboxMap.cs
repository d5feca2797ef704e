using Microsoft.EntityFrameworkCore;
using Weir.Outbox;

namespace Weir.Persistence.Maps;

/// <summary>
/// The outbox's three tables as they are everywhere, but for one thing: a message does not refer to its lane's row by a foreign key. The
/// rows of lanes are made once and stay, while the check would lock the same row for every message that any service writes (ADR 21).
/// </summary>
internal static class OutboxMap
{
    internal static void Apply(ModelBuilder model)
    {
        model.AddTransactionalOutboxEntities();
        var messages = model.Entity<OutboxMessage>().Metadata;
        messages.RemoveForeignKey(messages.GetForeignKeys().Single(key => key.PrincipalEntityType.ClrType == typeof(OutboxState)));
    }
}
