using System.Globalization;
using RabbitMQ.Client;

namespace Weir.Cli.Doctor;

/// <summary>Where the broker is and as whom to ask it; its password is never shown.</summary>
internal sealed record BusAddress(string Host, int Port, string VirtualHost, string User, string Password, bool UseTls)
{
    internal const string Variable = "WEIR_BUS";
    private const string Services = "Weir__Bus__";
    private static readonly TimeSpan ConnectMax = TimeSpan.FromSeconds(5);

    internal string Shown => $"{User}@{Host}:{Port}{(VirtualHost == "/" ? "" : $" (virtual host {VirtualHost})")}";

    /// <summary>The flag, then the variable, then what a worker or a service of this environment would use; null where nothing says.</summary>
    /// <exception cref="InputException">It is no address.</exception>
    internal static BusAddress? Find(string? flag, Func<string, string?> variable)
    {
        if (new[] { flag, variable(Variable), variable($"{Services}Address") }.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) is { } address)
            return Of(address);
        var useTls = string.Equals(variable($"{Services}UseTls"), "true", StringComparison.OrdinalIgnoreCase);
        return variable($"{Services}Hosts__0") is { Length: > 0 } host
            ? new(
                host,
                int.TryParse(variable($"{Services}Port"), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : useTls ? 5671 : 5672,
                variable($"{Services}VirtualHost") ?? "/",
                variable($"{Services}User") ?? "guest",
                variable($"{Services}Password") ?? "guest",
                useTls)
            : null;
    }

    internal ConnectionFactory Factory(string virtualHost) => new()
    {
        HostName = Host,
        Port = Port,
        VirtualHost = virtualHost,
        UserName = User,
        Password = Password,
        Ssl = new SslOption(Host, enabled: UseTls),
        ClientProvidedName = $"doctor@{Environment.MachineName}#{Environment.ProcessId}",
        AutomaticRecoveryEnabled = false,
        RequestedConnectionTimeout = ConnectMax,
        HandshakeContinuationTimeout = ConnectMax,
        ContinuationTimeout = ConnectMax,
    };

    public override string ToString() => Shown;

    private static BusAddress Of(string text)
    {
        // Not the text itself: it holds a password.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps"))
            throw new InputException("The broker's address", "none that can be read", "one such as amqp://user:password@127.0.0.1:5672/");
        var account = uri.UserInfo.Split(':', 2);
        var useTls = uri.Scheme == "amqps";
        return new(
            uri.Host,
            uri.Port > 0 ? uri.Port : useTls ? 5671 : 5672,
            uri.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(uri.AbsolutePath[1..]) : "/",
            account[0].Length > 0 ? Uri.UnescapeDataString(account[0]) : "guest",
            account.Length > 1 ? Uri.UnescapeDataString(account[1]) : "guest",
            useTls);
    }
}
