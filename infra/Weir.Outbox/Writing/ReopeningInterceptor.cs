using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Weir.Outbox.Writing;

/// <summary>
/// EF opens a connection anew when it finds it broken, and drops the transaction that was on it without a word. The
/// next save would then commit on its own. Inside a transaction that holds messages this is refused.
/// </summary>
internal sealed class ReopeningInterceptor : DbConnectionInterceptor
{
    public static readonly ReopeningInterceptor Instance = new();

    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        Refuse(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        Refuse(eventData.Context);
        return ValueTask.FromResult(result);
    }

    private static void Refuse(DbContext? db)
    {
        if (PendingMessages.TryGet(db, out var pending) && (pending.IsGuarded || pending.IsSavingInside))
            throw new TransactionLostException(db!.GetType().Name);
    }
}
