namespace Weir.Worker.Ticker;

/// <summary>What kind of sink Fenced streams tick to.</summary>
public enum TickSinkKind
{
    /// <summary>None: only the log.</summary>
    None,

    /// <summary>Tables <c>weir_fence</c> and <c>weir_ticks</c> in PostgreSQL.</summary>
    Postgres,

    /// <summary>The same tables in a SQLite file.</summary>
    Sqlite,
}
