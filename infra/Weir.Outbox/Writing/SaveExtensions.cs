using Microsoft.EntityFrameworkCore;

namespace Weir.Outbox.Writing;

/// <summary>Saves where a failure ends the whole attempt.</summary>
internal static class SaveExtensions
{
    /// <summary>Without the savepoint that EF makes inside a transaction: two round trips for nothing.</summary>
    public static async Task SaveOrFailAsync(this DbContext db, CancellationToken cancel)
    {
        var savepoints = db.Database.AutoSavepointsEnabled;
        db.Database.AutoSavepointsEnabled = false;
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        finally
        {
            db.Database.AutoSavepointsEnabled = savepoints;
        }
    }
}
