using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Weir.Outbox.Sagas;

/// <summary>
/// Counts a saga's version up whenever it is saved, whoever saves it: the repository at the end, or an activity in
/// between. The version is a plain column of ours, so it works the same on every database.
/// </summary>
internal sealed class SagaVersionInterceptor : SaveChangesInterceptor
{
    public static readonly SagaVersionInterceptor Instance = new();

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Count(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Count(eventData.Context);
        return ValueTask.FromResult(result);
    }

    private static void Count(DbContext? db)
    {
        if (db is null || !SagaModel.HasSagas(db.Model)) return;

        foreach (var saga in db.ChangeTracker.Entries<ISagaVersion>())
        {
            if (saga.State != EntityState.Modified) continue;

            // Registered twice, or saved again after a failure, it still counts one.
            var version = saga.Property(one => one.Version);
            version.CurrentValue = version.OriginalValue + 1;
        }
    }
}
