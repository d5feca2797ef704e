using Microsoft.Data.Sqlite;
using Weir.Outbox.TestHost.Shop;

namespace Weir.Outbox.Tests.Support;

/// <summary>A SQLite file of one test's own.</summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-outbox-").FullName;

    public ShopSettings Settings => new() { Sqlite = $"Data Source={Path.Combine(_folder, "shop.db")}", QueryDelayMs = 100 };

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
