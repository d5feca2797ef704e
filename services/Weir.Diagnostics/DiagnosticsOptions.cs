using System.ComponentModel.DataAnnotations;

namespace Weir.Diagnostics;

/// <summary>Section <c>Weir:Diagnostics</c>: how the HTTP API answers.</summary>
public sealed class DiagnosticsOptions
{
    /// <summary>The port on 127.0.0.1, where the program itself listens. A program that hosts the API beside others chooses its own address.</summary>
    /// <value>8088. Allowed: 0 to 65535; 0 takes a free one.</value>
    [Range(0, 65535)]
    public int Port { get; set; } = 8088;

    /// <summary>The file of the operator's key, that every change needs. Made at the first start, readable by its owner alone.</summary>
    /// <value><c>.weir/operator.key</c>, below the directory the program runs in.</value>
    [Required]
    public string KeyFile { get; set; } = Path.Combine(".weir", "operator.key");

    /// <summary>How long one request may take; then it is answered with 504. The event stream is exempt.</summary>
    /// <value>15 s. Allowed: 100 ms to 5 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a change waits for the answer of the service that carries it out; then it is answered with 504.</summary>
    /// <value>8 s. Allowed: 100 ms to 5 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How many of the latest facts are kept in memory, so that a client that comes back misses none.</summary>
    /// <value>4,000. Allowed: 1 to 100,000.</value>
    [Range(1, 100_000)]
    public int EventsKept { get; set; } = 4_000;

    /// <summary>How many bytes of them are kept at most; a fact about 200 streams has some 25 KB.</summary>
    /// <value>16 MiB. Allowed: 64 KiB to 1 GiB.</value>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public int EventBytesKept { get; set; } = 16 * 1024 * 1024;

    /// <summary>How many facts may wait for one client; one that is slower is let go and comes back by its last id.</summary>
    /// <value>1,000. Allowed: 1 to 100,000.</value>
    [Range(1, 100_000)]
    public int EventsWaiting { get; set; } = 1_000;

    /// <summary>How many clients may listen at once; one more is answered with 503.</summary>
    /// <value>64. Allowed: 1 to 10,000.</value>
    [Range(1, 10_000)]
    public int EventClients { get; set; } = 64;

    /// <summary>Pause between two comments on a stream of events on which nothing happens.</summary>
    /// <value>15 s. Allowed: 100 ms to 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan HeartbeatEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long it is kept who had a stream.</summary>
    /// <value>7 days. Allowed: 1 min to 366 days.</value>
    [Range(typeof(TimeSpan), "00:01:00", "366.00:00:00")]
    public TimeSpan OwnersKept { get; set; } = TimeSpan.FromDays(7);
}
