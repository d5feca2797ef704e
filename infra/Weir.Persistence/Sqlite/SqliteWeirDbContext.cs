using Microsoft.EntityFrameworkCore;
using Weir.Persistence.Maps;

namespace Weir.Persistence.Sqlite;

/// <summary>Weir's tables in one file, for one process that writes.</summary>
internal sealed class SqliteWeirDbContext(DbContextOptions<SqliteWeirDbContext> options) : WeirDbContext(options)
{
    private protected override void ApplyProvider(ModelBuilder model)
    {
        foreach (var property in ChangedColumn.Of(model))
        {
            // A trigger sets it after the row is there. The provider compares signed numbers only.
            property.SetDefaultValueSql("0");
            property.SetValueConverter(typeof(Bits64Converter));
        }
    }
}
