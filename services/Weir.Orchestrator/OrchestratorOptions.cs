using System.ComponentModel.DataAnnotations;

namespace Weir.Orchestrator;

/// <summary>One replica's figures, section <c>Weir:Orchestrator</c>. What belongs to a pool stands in the pool's own settings.</summary>
public sealed class OrchestratorOptions
{
    /// <summary>What this replica calls itself in <c>planner_turn</c>, plans and its own queue; no two may be called the same.</summary>
    /// <value>Host and process id. 1 to 64 letters, digits or hyphens, a letter or digit first.</value>
    [Required, RegularExpression("[A-Za-z0-9][A-Za-z0-9-]{0,63}")]
    public string Replica { get; set; } = "";

    /// <summary>How often a pool is looked at when nobody wakes the loop.</summary>
    /// <value>500 ms. Allowed: 10 ms to 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan Period { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a replica keeps the turn to plan a pool without renewing it. It only saves double work.</summary>
    /// <value>3 s. Allowed: 100 ms to 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan TurnLasts { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often a pool is read whole and compared with what its changes added up to.</summary>
    /// <value>5 min. Allowed: 1 s to 1 day.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan AuditEvery { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long plans and migrations that have ended are kept.</summary>
    /// <value>7 days. Allowed: 1 min to 1 year.</value>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan KeepHistory { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Most rows one look of the sweep takes.</summary>
    /// <value>500. Allowed: 1 to 5,000.</value>
    [Range(1, 5_000)]
    public int SweepMax { get; set; } = 500;
}
