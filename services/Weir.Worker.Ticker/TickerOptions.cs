namespace Weir.Worker.Ticker;

/// <summary>Where ticks go. Section <c>Weir:Ticker</c>; checked at start.</summary>
public sealed class TickerOptions
{
    /// <summary>Where these stand in a configuration.</summary>
    public const string Section = "Weir:Ticker";

    /// <summary>The folder of the logs, one file a process; made where it is not there.</summary>
    /// <value><c>ticks</c>.</value>
    public string LogDirectory { get; set; } = "ticks";

    /// <summary>How often each stream ticks.</summary>
    /// <value>100 ms. Allowed: 10 ms to 1 min.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The sink of Fenced streams: <c>None</c>, <c>Postgres</c> or <c>Sqlite</c>. With None their claims are taken as granted: for Unfenced streams alone.</summary>
    /// <value>None.</value>
    public TickSinkKind Sink { get; set; } = TickSinkKind.None;

    /// <summary>The sink's connection string.</summary>
    /// <value>Empty.</value>
    public string ConnectionString { get; set; } = "";
}
