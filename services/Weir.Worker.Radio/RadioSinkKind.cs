namespace Weir.Worker.Radio;

/// <summary>Which database holds the table <c>plays</c>.</summary>
public enum RadioSinkKind
{
    /// <summary>PostgreSQL: any number of workers on any number of machines.</summary>
    Postgres,

    /// <summary>A SQLite file: all workers on one machine, and all on the same file.</summary>
    Sqlite,
}
