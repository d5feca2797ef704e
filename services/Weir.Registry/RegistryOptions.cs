using System.ComponentModel.DataAnnotations;

namespace Weir.Registry;

/// <summary>Section <c>Weir:Registry</c>: how this service works. What a pool's leases are is the pool's own (<c>pools.settings</c>).</summary>
public sealed class RegistryOptions
{
    /// <summary>Most beats in one statement.</summary>
    /// <value>250 beats; four batches are what the broker hands over at once. Allowed: 1 to 250.</value>
    [Range(1, 250)]
    public int BeatBatchMax { get; set; } = 250;

    /// <summary>Longest that a beat waits for others to share a statement with.</summary>
    /// <value>
    /// 150 ms: a quiet fleet of a hundred workers then takes half the transactions that 50 ms take, and a canary, which waits as beats do,
    /// is back well within its 500 ms. Allowed: 1 ms to 200 ms.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:00.200")]
    public TimeSpan BeatBatchWait { get; set; } = TimeSpan.FromMilliseconds(150);

    /// <summary>Pause between two clean-ups of the tables.</summary>
    /// <value>1 min. Allowed: 1 s to 1 h.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan CleanupEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Most rows that one statement of a clean-up deletes.</summary>
    /// <value>1000 rows. Allowed: 1 to 10,000.</value>
    [Range(1, 10_000)]
    public int CleanupRowsMax { get; set; } = 1000;

    /// <summary>The virtual host where the broker tells of queues that come and go; the broker's own setting <c>event_exchange.vhost</c>.</summary>
    /// <value><c>/</c>.</value>
    [Required]
    public string EventsVirtualHost { get; set; } = "/";
}
