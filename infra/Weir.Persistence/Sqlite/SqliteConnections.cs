using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Weir.Persistence.Settings;

namespace Weir.Persistence.Sqlite;

/// <summary>How the file is opened: shared by this process's connections, made by a migration only.</summary>
internal sealed class SqliteConnections(IOptions<DatabaseOptions> options)
{
    internal string File => new SqliteConnectionStringBuilder(options.Value.ConnectionString).DataSource;

    internal string Connection(bool create) => new SqliteConnectionStringBuilder(options.Value.ConnectionString)
    {
        Mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
        // How long a busy file is waited for, a second at least.
        DefaultTimeout = (int)Math.Ceiling(options.Value.LockTimeout.TotalSeconds),
        ForeignKeys = !create,
        Pooling = !create,
    }.ConnectionString;
}
