using System.Net;

namespace Weir.Bus;

/// <summary>
/// A broker's address as people write it: <c>amqp://user:password@host:5672/vhost</c>, or <c>amqps://…</c> for TLS, then with
/// <c>?cacertfile=…</c> and <c>&amp;server_name_indication=…</c> where the broker's authority or name is none that the system knows.
/// </summary>
public sealed class AmqpAddress
{
    /// <summary>What an address looks like, for messages to whoever gave another.</summary>
    public const string Rule = "amqp://user:password@host:5672/vhost, or amqps://user:password@host:5671/vhost?cacertfile=/path/ca.pem for TLS";

    private const int AmqpPort = 5672;
    private const int AmqpsPort = 5671;

    private readonly Uri _uri;
    private readonly Dictionary<string, string> _settings;

    private AmqpAddress(Uri uri, Dictionary<string, string> settings) => (_uri, _settings) = (uri, settings);

    /// <summary>Whether it speaks TLS.</summary>
    public bool UsesTls => _uri.Scheme == "amqps";

    /// <summary>Reads an address; null when it is none, or holds a setting that this is not for.</summary>
    /// <param name="text">As people write it.</param>
    public static AmqpAddress? Read(string? text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps") || uri.Host.Length == 0)
            return null;
        var settings = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(setting => setting.Split('=', 2)).ToLookup(pair => pair[0], pair => Plain(pair.ElementAtOrDefault(1) ?? ""), StringComparer.Ordinal);
        var areKnown = settings.All(setting => setting.Key is "cacertfile" or "server_name_indication" && setting.Count() == 1 && uri.Scheme == "amqps");
        return areKnown ? new AmqpAddress(uri, settings.ToDictionary(setting => setting.Key, setting => setting.First(), StringComparer.Ordinal)) : null;
    }

    /// <summary>Writes into options what the address says, and leaves the rest.</summary>
    /// <param name="options">The options.</param>
    public void Apply(WeirBusOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var account = _uri.UserInfo.Split(':', 2);
        options.Transport = BusTransport.RabbitMq;
        options.Hosts = [_uri.IdnHost];
        options.Port = _uri.Port > 0 ? _uri.Port : UsesTls ? AmqpsPort : AmqpPort;
        options.UseTls = UsesTls;
        options.VirtualHost = _uri.AbsolutePath.Length > 1 ? Plain(_uri.AbsolutePath[1..]) : "/";
        if (account[0].Length > 0)
            options.User = Plain(account[0]);
        if (account.Length > 1)
            options.Password = Plain(account[1]);
        options.TlsCaFile = _settings.GetValueOrDefault("cacertfile") ?? options.TlsCaFile;
        options.TlsServerName = _settings.GetValueOrDefault("server_name_indication") ?? options.TlsServerName;
    }

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{_uri.Scheme}://{_uri.Authority}{_uri.AbsolutePath}";

    // A plus sign stands for itself here, which a decoder of forms would take for a space.
    private static string Plain(string text) => WebUtility.UrlDecode(text.Replace("+", "%2B", StringComparison.Ordinal));
}
