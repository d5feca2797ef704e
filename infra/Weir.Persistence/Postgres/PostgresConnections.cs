using System.Globalization;
using Microsoft.Extensions.Options;
using Npgsql;
using Weir.Persistence.Resilience;
using Weir.Persistence.Settings;

namespace Weir.Persistence.Postgres;

/// <summary>
/// The process's pools. The server's time-outs are sent with the start of a session, not set by a statement: so they cost no round
/// trip, hold from the first one on, and are what a transaction of other settings goes back to.
/// </summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    // More than the hot statements of all services in one process.
    private const int AutoPrepareMax = 64;

    private static readonly TimeSpan AnswerSlack = TimeSpan.FromSeconds(5);

    private readonly DatabaseOptions _options;
    private readonly Lazy<NpgsqlDataSource> _main;
    private readonly Lazy<NpgsqlDataSource> _beats;

    public PostgresConnections(IOptions<DatabaseOptions> options)
    {
        _options = options.Value;
        _main = new(() => NpgsqlDataSource.Create(Pooled(_options.PoolMin, _options.PoolMax, "")));
        _beats = new(() => NpgsqlDataSource.Create(Pooled(1, _options.BeatPoolMax, " beats")));
    }

    /// <summary>For what must get through when the pools do not: never pooled, short of patience.</summary>
    internal string Control => Unpooled(" control", lockTimeout: TimeSpan.FromSeconds(1), statementTimeout: TimeSpan.FromSeconds(5));

    internal NpgsqlDataSource Of(DatabaseLane lane) => lane == DatabaseLane.Beats ? _beats.Value : _main.Value;

    /// <summary>A migration may take as long as it takes, but waits only so long for its turn.</summary>
    internal string ForMigration(TimeSpan lockTimeout) => Unpooled(" migration", lockTimeout, statementTimeout: TimeSpan.Zero);

    public async ValueTask DisposeAsync()
    {
        if (_main.IsValueCreated) await _main.Value.DisposeAsync();
        if (_beats.IsValueCreated) await _beats.Value.DisposeAsync();
    }

    private string Pooled(int min, int max, string role)
    {
        var to = Base(role, _options.LockTimeout, _options.StatementTimeout);
        to.Pooling = true;
        to.MinPoolSize = Math.Min(min, max);
        to.MaxPoolSize = max;
        return to.ConnectionString;
    }

    private string Unpooled(string role, TimeSpan lockTimeout, TimeSpan statementTimeout)
    {
        var to = Base(role, lockTimeout, statementTimeout);
        to.Pooling = false;
        return to.ConnectionString;
    }

    private NpgsqlConnectionStringBuilder Base(string role, TimeSpan lockTimeout, TimeSpan statementTimeout) => new(_options.ConnectionString)
    {
        ApplicationName = _options.ApplicationName + role,
        Options = string.Create(
            CultureInfo.InvariantCulture,
            $"-c lock_timeout={Ms(lockTimeout)} -c statement_timeout={Ms(statementTimeout)} -c idle_in_transaction_session_timeout={Ms(_options.IdleInTransactionTimeout)}"),
        Timeout = (int)Math.Ceiling(_options.ConnectTimeout.TotalSeconds),
        // The server ends a statement first; this is for a server that cannot say so any more.
        CommandTimeout = statementTimeout == TimeSpan.Zero ? 0 : (int)Math.Ceiling((statementTimeout + AnswerSlack).TotalSeconds),
        CancellationTimeout = (int)Ms(_options.CancelGrace),
        TcpKeepAlive = true,
        TcpKeepAliveTime = 5,
        TcpKeepAliveInterval = 2,
        // Settings and locks are a transaction's own here, so a session comes back as it was. A reset would be seven statements before each use.
        NoResetOnClose = true,
        // What is asked again and again is planned once a connection.
        MaxAutoPrepare = AutoPrepareMax,
        // The server's details quote the values of rows.
        IncludeErrorDetail = false,
    };

    private static long Ms(TimeSpan time) => (long)time.TotalMilliseconds;
}
