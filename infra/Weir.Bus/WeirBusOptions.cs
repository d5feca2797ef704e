using System.ComponentModel.DataAnnotations;

namespace Weir.Bus;

/// <summary>
/// How a process is on the bus. Checked at start: a value out of its range refuses to start and says which.
/// One switch, <see cref="Transport"/>, decides between a broker and this process alone; all else may stay as it is.
/// </summary>
public sealed class WeirBusOptions
{
    /// <summary>What carries the messages.</summary>
    /// <value><see cref="BusTransport.RabbitMq"/>.</value>
    [EnumDataType(typeof(BusTransport))]
    public BusTransport Transport { get; set; } = BusTransport.RabbitMq;

    /// <summary>The broker's nodes; more than one are taken in turn.</summary>
    /// <value><c>localhost</c>. 1 to 9 names or addresses.</value>
    [Required, MinLength(1), MaxLength(9)]
    public string[] Hosts { get; set; } = ["localhost"];

    /// <summary>The AMQP port, the same on every node.</summary>
    /// <value>5672; with TLS usually 5671. Allowed: 1 to 65535.</value>
    [Range(1, 65535)]
    public int Port { get; set; } = 5672;

    /// <summary>The virtual host, which must be there already.</summary>
    /// <value><c>/</c>.</value>
    [Required]
    public string VirtualHost { get; set; } = "/";

    /// <summary>The broker's account for this process. A worker's has rights on its own prefix only.</summary>
    /// <value><c>guest</c>, which a broker lets in from its own machine alone.</value>
    [Required]
    public string User { get; set; } = "guest";

    /// <summary>The account's password. Comes from the environment, a file or user secrets; it is never logged.</summary>
    /// <value><c>guest</c>.</value>
    [Required(AllowEmptyStrings = true)]
    public string Password { get; set; } = "guest";

    /// <summary>Whether to speak TLS 1.2 or newer to the broker and check its certificate.</summary>
    /// <value>false.</value>
    public bool UseTls { get; set; }

    /// <summary>The file of the authorities, PEM certificates, one of which must have issued the broker's certificate; no other is trusted then.</summary>
    /// <value>null: the system's authorities. With a file, <see cref="UseTls"/> must be true.</value>
    public string? TlsCaFile { get; set; }

    /// <summary>The name that the broker's certificate must be made out to.</summary>
    /// <value>null: the first of <see cref="Hosts"/>.</value>
    public string? TlsServerName { get; set; }

    /// <summary>
    /// Longest that a publish or a send may take, waiting for a connection and for the broker's confirm together. After
    /// it the sender gets a <see cref="SendTimedOutException"/>; the message may have arrived all the same.
    /// </summary>
    /// <value>4 s. Allowed: 100 ms to 60 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>AMQP heartbeat: a broker that hangs is noticed after about two to three of these.</summary>
    /// <value>5 s. Allowed: 1 s to 60 s, whole seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest that one attempt to connect may take.</summary>
    /// <value>3 s. Allowed: 100 ms to 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Pause between two looks whether a lost broker answers again; up to 40 % more by chance, so that a fleet does not come in step.</summary>
    /// <value>250 ms. Allowed: 50 ms to 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:05")]
    public TimeSpan ReconnectPause { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Pause between two looks whether a store that is away answers again; endpoints stand still meanwhile.</summary>
    /// <value>1 s. Allowed: 50 ms to 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan StorePause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether a worker binds its own exchange to the services' doors itself. For development, with an account that may
    /// do that; in production enrolment does it once, with another account.
    /// </summary>
    /// <value>false.</value>
    public bool BindOwnExchange { get; set; }
}
