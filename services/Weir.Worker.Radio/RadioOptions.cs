namespace Weir.Worker.Radio;

/// <summary>How stations are listened to and where their plays go. Section <c>Weir:Radio</c>; checked at start, all errors at once.</summary>
public sealed class RadioOptions
{
    /// <summary>Where these stand in a configuration: <c>Weir:Radio</c>.</summary>
    public const string Section = "Weir:Radio";

    /// <summary>The database of the tables <c>plays</c> and <c>plays_fence</c>, which are made where they are not there.</summary>
    /// <value><see cref="RadioSinkKind.Postgres"/>.</value>
    public RadioSinkKind Sink { get; set; } = RadioSinkKind.Postgres;

    /// <summary>Its connection string. All workers of a fleet must name the same database: its fence is what keeps old owners out.</summary>
    /// <value>None: it must be given.</value>
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// Whether stations on loopback, private, link-local and other addresses that are not public may be listened to. Whoever declares
    /// streams makes the worker connect where he says: allow it where only you declare them, or where the network forbids it anyway.
    /// </summary>
    /// <value>false.</value>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>How long one connection may take to be made, TLS included.</summary>
    /// <value>5 s. Allowed: 100 ms to 1 min.</value>
    public TimeSpan ConnectFor { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long it may take from a station's address to its first sound, through all redirects and playlists.</summary>
    /// <value>20 s. Allowed: 100 ms to 5 min.</value>
    public TimeSpan TuneInFor { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>After how long without a byte a station counts as stalled and is tuned in anew.</summary>
    /// <value>10 s. Allowed: 100 ms to 5 min.</value>
    public TimeSpan StallAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A station that sends less than this many bytes a second over three times <see cref="StallAfter"/> counts as stalled, too.</summary>
    /// <value>125 (1 kbit/s). Allowed: 0 to 1,000,000, and below <see cref="MostBytesPerSecond"/>.</value>
    public int LeastBytesPerSecond { get; set; } = 125;

    /// <summary>How many bytes a second are read of one station; what it sends beyond waits in the network.</summary>
    /// <value>500,000 (4 Mbit/s). Allowed: 1,000 to 100,000,000.</value>
    public int MostBytesPerSecond { get; set; } = 500_000;

    /// <summary>How often it is written down that a play goes on, and the load is reported.</summary>
    /// <value>2 s. Allowed: 100 ms to 1 min.</value>
    public TimeSpan SeenEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a play may go unheard and still be the same when its title comes back, at this worker or the next.</summary>
    /// <value>15 s. Allowed: 1 s to 10 min.</value>
    public TimeSpan SameWithin { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The pause before a lost station is tuned in again; doubles with each failure, half of it by chance.</summary>
    /// <value>500 ms. Allowed: 10 ms to 1 min.</value>
    public TimeSpan RetryFirst { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest such pause.</summary>
    /// <value>1 min. Allowed: <see cref="RetryFirst"/> to 1 h.</value>
    public TimeSpan RetryMost { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many bytes a second are one unit of load.</summary>
    /// <value>16,000 (a station of 128 kbit/s). Allowed: 1 to 100,000,000.</value>
    public int BytesPerUnit { get; set; } = 16_000;

    /// <summary>How many connections this process has to one server at most; streams beyond wait for their turn and fail by <see cref="TuneInFor"/>.</summary>
    /// <value>256. Allowed: 1 to 10,000.</value>
    public int ConnectionsPerServer { get; set; } = 256;
}
