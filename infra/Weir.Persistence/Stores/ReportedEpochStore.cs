using Microsoft.EntityFrameworkCore;
using Weir.Core.Identity;

namespace Weir.Persistence.Stores;

/// <summary>Writes table <c>highest_epoch</c>; Registry's alone.</summary>
public sealed class ReportedEpochStore(WeirDbContext db)
{
    /// <summary>A worker named this epoch: the highest ever named is kept.</summary>
    public Task RaiseAsync(Epoch named, CancellationToken cancel) =>
        named == Epoch.None
            ? Task.CompletedTask
            : db.Database.ExecuteSqlAsync($"UPDATE highest_epoch SET reported = {named.Value} WHERE id = 1 AND reported < {named.Value}", cancel);

    /// <summary>The highest epoch any worker has named.</summary>
    public async Task<Epoch> ReadAsync(CancellationToken cancel) =>
        (await db.HighestEpochs.AsNoTracking().Select(row => row.Reported).ToListAsync(cancel)).FirstOrDefault();
}
