using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Weir.Persistence.Sqlite;

/// <summary>For <c>dotnet ef migrations add</c>, which needs the model and no file.</summary>
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteWeirDbContext>
{
    public SqliteWeirDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteWeirDbContext>().UseSqlite(MigrationsHistory.On).Options);
}
