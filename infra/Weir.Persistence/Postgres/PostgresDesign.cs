using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Weir.Persistence.Postgres;

/// <summary>For <c>dotnet ef migrations add</c>, which needs the model and no server.</summary>
internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresWeirDbContext>
{
    public PostgresWeirDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresWeirDbContext>().UseNpgsql(MigrationsHistory.On).Options);
}
