using System.Data.Common;
using System.Globalization;

namespace Weir.Persistence.Stores;

/// <summary>Instants as either database gives them: PostgreSQL as such, SQLite as text.</summary>
internal static class Instants
{
    internal static DateTime Of(DbDataReader row, int column) => row.GetValue(column) is DateTime instant
        ? instant.ToUniversalTime()
        : DateTime.Parse(row.GetString(column), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    internal static DateTime? OrNull(DbDataReader row, int column) => row.IsDBNull(column) ? null : Of(row, column);
}
