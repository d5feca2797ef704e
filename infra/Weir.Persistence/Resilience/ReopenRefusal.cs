using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Weir.Persistence.Faults;

namespace Weir.Persistence.Resilience;

/// <summary>
/// EF Core opens a broken connection anew and silently drops the transaction it had. What a unit of work saves next would then be
/// committed by itself, and once more by the next try. So a try that lost its connection is over, also when its work caught the fault.
/// </summary>
internal sealed class ReopenRefusal : DbConnectionInterceptor
{
    internal static readonly ReopenRefusal Instance = new();

    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        Refuse(eventData);
        return result;
    }

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        Refuse(eventData);
        return ValueTask.FromResult(result);
    }

    private static void Refuse(ConnectionEventData eventData)
    {
        if (eventData.Context is WeirDbContext { IsInUnitOfWork: true }) throw new TransactionLostException();
    }
}
