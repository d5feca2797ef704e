using System.ComponentModel.DataAnnotations;

namespace Weir.Persistence.Settings;

/// <summary>How a process reaches the database and how long it waits for it. Refused at start when a figure is out of range or out of order.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Which database.</summary>
    /// <value><see cref="DatabaseKind.Postgres"/>.</value>
    public DatabaseKind Kind { get; set; } = DatabaseKind.Postgres;

    /// <summary>Where it is: host, port, database, user and password, or the SQLite file as <c>Data Source=</c>. Limits come from the other options.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "ConnectionString is missing: say where the database is, such as Weir:Store:ConnectionString=Host=127.0.0.1;Database=weir;Username=weir")]
    public string ConnectionString { get; set; } = "";

    /// <summary>How the connections call themselves, so that an operator sees whose they are.</summary>
    /// <value><c>weir</c>. 1 to 63 characters.</value>
    [StringLength(63, MinimumLength = 1)]
    public string ApplicationName { get; set; } = "weir";

    /// <summary>Connections kept open.</summary>
    /// <value>3. Allowed: 0 to 100.</value>
    [Range(0, 100)]
    public int PoolMin { get; set; } = 3;

    /// <summary>Most connections of this process, the beats' aside. Whoever finds all in use waits for <see cref="ConnectTimeout"/>.</summary>
    /// <value>15. Allowed: 1 to 500.</value>
    [Range(1, 500)]
    public int PoolMax { get; set; } = 15;

    /// <summary>Connections that beats have for themselves, so that they never wait behind other work.</summary>
    /// <value>2. Allowed: 1 to 20.</value>
    [Range(1, 20)]
    public int BeatPoolMax { get; set; } = 2;

    /// <summary>How long a connection may take, also one from a pool that is all in use.</summary>
    /// <value>5 s. Allowed: 1 s to 5 min, whole seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a statement may wait for a lock; the server ends it.</summary>
    /// <value>10 s. Allowed: 10 ms to 5 min; below <see cref="StatementTimeout"/>.</value>
    [Range(typeof(TimeSpan), "00:00:00.0100000", "00:05:00")]
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one statement may take; the server ends it.</summary>
    /// <value>30 s. Allowed: 100 ms to 10 min; at most <see cref="Deadline"/>.</value>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:10:00")]
    public TimeSpan StatementTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a transaction may stay open with nothing to do, such as when its process hangs; the server ends the session.</summary>
    /// <value>30 s. Allowed: 100 ms to 10 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:10:00")]
    public TimeSpan IdleInTransactionTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a unit of work may take, all its tries and their pauses together. Then it is cancelled for real and rolled back.</summary>
    /// <value>30 s. Allowed: 100 ms to 10 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:10:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a cancelled unit of work has to end by itself before its statement, then its session, is ended by the server. Whoever gave
    /// up waits no longer than this.
    /// </summary>
    /// <value>2 s. Allowed: 10 ms to 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.0100000", "00:01:00")]
    public TimeSpan CancelGrace { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a unit of work is tried again after a passing fault.</summary>
    /// <value>3. Allowed: 0 to 10.</value>
    [Range(0, 10)]
    public int RetriesMax { get; set; } = 3;

    /// <summary>The pause before the first retry; each later one is twice as long.</summary>
    /// <value>1 s. Allowed: 0 to 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan RetryBase { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause, before jitter.</summary>
    /// <value>60 s. Allowed: 0 to 10 min; at least <see cref="RetryBase"/>.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan RetryMax { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the pools' own figures are believed before they are read again.</summary>
    /// <value>5 s. Allowed: 100 ms to 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:00:05")]
    public TimeSpan PoolFiguresFor { get; set; } = TimeSpan.FromSeconds(5);
}
