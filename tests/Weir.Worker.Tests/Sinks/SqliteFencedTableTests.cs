using System.Data.Common;
using Microsoft.Data.Sqlite;
using Weir.Testing.Traits;

namespace Weir.Worker.Tests.Sinks;

[Unit]
public sealed class SqliteFencedTableTests : FencedTableScenarios, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-table-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private protected override DbConnection Connect() => new SqliteConnection($"Data Source={Path.Combine(_folder, "sink.db")};Pooling=False");
}
