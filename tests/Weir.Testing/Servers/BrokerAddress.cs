using System.Net;

namespace Weir.Testing.Servers;

/// <summary>
/// Where a broker is and who may come in. <see cref="Amqp"/> names a virtual host; the management API serves all of them.
/// </summary>
public sealed record BrokerAddress(Uri Amqp, Uri Management)
{
    /// <summary>The account and password of everything that the tests start themselves; reachable from loopback only.</summary>
    internal static readonly NetworkCredential Own = new("weir", "weir-test");

    private const int ManagementPort = 15672;

    /// <summary>From the URI, unescaped; guest where it names nobody, as AMQP clients have it.</summary>
    public NetworkCredential Credential => Amqp.UserInfo.Split(':', 2) switch
    {
        [{ Length: > 0 } user, var password] => new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password)),
        [{ Length: > 0 } user] => new NetworkCredential(Uri.UnescapeDataString(user), ""),
        _ => new NetworkCredential("guest", "guest"),
    };

    public string VirtualHost => Amqp.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(Amqp.AbsolutePath[1..]) : "/";

    /// <summary>The same broker through another port of this machine, such as a proxy's.</summary>
    public BrokerAddress Through(int port) => this with { Amqp = new UriBuilder(Amqp) { Host = "127.0.0.1", Port = port }.Uri };

    public BrokerAddress On(string virtualHost) =>
        this with { Amqp = new UriBuilder(Amqp) { Path = "/" + Uri.EscapeDataString(virtualHost) }.Uri };

    internal static BrokerAddress Loopback(int port, int managementPort) => new(
        new Uri($"amqp://{Own.UserName}:{Own.Password}@127.0.0.1:{port}/"), new Uri($"http://127.0.0.1:{managementPort}/"));

    internal static BrokerAddress Parse(string amqp, string? management)
    {
        var uri = new Uri(amqp);
        return new BrokerAddress(uri, management is null ? new UriBuilder("http", uri.Host, ManagementPort).Uri : new Uri(management));
    }
}
