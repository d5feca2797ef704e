using Microsoft.Data.Sqlite;
using Npgsql;
using Weir.Persistence.Faults;

namespace Weir.Persistence.Resilience;

/// <summary>Whether a failed COMMIT may have been carried out all the same.</summary>
internal static class CommitFate
{
    /// <summary>False only when the database itself said no: then everything is rolled back.</summary>
    internal static bool IsUnknown(Exception exception)
    {
        for (Exception? at = exception; at is not null; at = at.InnerException)
        {
            // A session that is being ended may die between the commit and its answer.
            if (at is PostgresException server) return SqlStates.Judge(server.SqlState) is FaultCategory.ServerUnavailable or FaultCategory.ConnectionLost;
            if (at is SqliteException) return false;
        }

        return true;
    }
}
