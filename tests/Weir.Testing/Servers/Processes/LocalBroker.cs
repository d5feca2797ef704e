using System.Security.Cryptography;
using Weir.Testing.Network;

namespace Weir.Testing.Servers.Processes;

/// <summary>How one RabbitMQ node runs as a child: its ports, name, files and environment.</summary>
internal sealed class LocalBroker : IAsyncDisposable
{
    public const string User = "rabbitmq";

    private static readonly string[] Folders = ["mnesia", "log", "config", "schema", "quorum", "stream"];

    private readonly PortReservation _amqp = PortReservation.Take();
    private readonly PortReservation _management = PortReservation.Take();
    private readonly PortReservation _distribution = PortReservation.Take();
    private readonly string _cookie;
    private IReadOnlyList<string> _peers = [];

    private LocalBroker(string node, string cookie)
    {
        Node = node;
        _cookie = cookie;
    }

    public string Node { get; }

    public BrokerAddress Address => BrokerAddress.Loopback(_amqp.Port, _management.Port);

    public static LocalBroker Single(LocalEpmd epmd) => Cluster(epmd, 1)[0];

    public static IReadOnlyList<LocalBroker> Cluster(LocalEpmd epmd, int nodes)
    {
        var cookie = RandomNumberGenerator.GetHexString(20);
        // An epmd knows its nodes by the part before the @; its port makes that part unique on this machine.
        LocalBroker[] all = [.. Enumerable.Range(1, nodes).Select(n => new LocalBroker($"weir{epmd.Port}n{n}@localhost", cookie))];
        if (nodes > 1)
        {
            foreach (var one in all) one._peers = [.. all.Select(a => a.Node)];
        }

        return all;
    }

    public async Task<ChildCommand> PrepareAsync(string file, LocalEpmd epmd, Session session, CancellationToken cancel)
    {
        var folder = session.NewFolder("rabbitmq");
        foreach (var name in Folders) Directory.CreateDirectory(Path.Combine(folder, name));
        await File.WriteAllTextAsync(Path.Combine(folder, "rabbitmq.conf"), Configuration(), cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, "enabled_plugins"), BrokerFiles.EnabledPlugins, cancel);
        var cookie = Path.Combine(folder, ".erlang.cookie");
        await File.WriteAllTextAsync(cookie, _cookie, cancel);
        File.SetUnixFileMode(cookie, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await Tool.GiveAsync(folder, User, cancel);
        return new ChildCommand(Node, file, ["-noinput"], folder) { User = User, Environment = Environment(folder, epmd.Port) };
    }

    public ValueTask DisposeAsync() => new PortHold(_amqp, _management, _distribution).DisposeAsync();

    private string Configuration() => $"""
        listeners.tcp.local = 127.0.0.1:{_amqp.Port}
        management.tcp.ip = 127.0.0.1
        management.tcp.port = {_management.Port}
        default_user = {BrokerAddress.Own.UserName}
        default_pass = {BrokerAddress.Own.Password}
        disk_free_limit.absolute = 50MB

        """ + BrokerFiles.Cluster(_peers);

    private Dictionary<string, string?> Environment(string folder, int epmdPort)
    {
        var all = System.Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(k => k.StartsWith("RABBITMQ_", StringComparison.Ordinal))
            .ToDictionary(k => k, _ => (string?)null, StringComparer.Ordinal);
        all["HOME"] = folder;
        all["LANG"] = "C.UTF-8";
        all["ERL_EPMD_PORT"] = $"{epmdPort}";
        all["ERL_EPMD_ADDRESS"] = "127.0.0.1";
        all["RABBITMQ_NODENAME"] = Node;
        all["RABBITMQ_DIST_PORT"] = $"{_distribution.Port}";
        // Distribution on loopback only; schedulers that sleep when idle, since several brokers share few cores.
        all["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] =
            "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none";
        // With it the start script becomes the broker, in place of staying as its parent.
        all["RABBITMQ_ALLOW_INPUT"] = "1";
        all["RABBITMQ_LOGS"] = "-";
        all["RABBITMQ_CONF_ENV_FILE"] = "/dev/null";
        all["RABBITMQ_CONFIG_FILE"] = $"{folder}/rabbitmq.conf";
        all["RABBITMQ_ADVANCED_CONFIG_FILE"] = $"{folder}/none.config";
        all["RABBITMQ_ENABLED_PLUGINS_FILE"] = $"{folder}/enabled_plugins";
        all["RABBITMQ_GENERATED_CONFIG_DIR"] = $"{folder}/config";
        all["RABBITMQ_SCHEMA_DIR"] = $"{folder}/schema";
        all["RABBITMQ_MNESIA_BASE"] = $"{folder}/mnesia";
        all["RABBITMQ_LOG_BASE"] = $"{folder}/log";
        all["RABBITMQ_QUORUM_DIR"] = $"{folder}/quorum";
        all["RABBITMQ_STREAM_DIR"] = $"{folder}/stream";
        all["RABBITMQ_FEATURE_FLAGS_FILE"] = $"{folder}/feature_flags";
        all["RABBITMQ_PID_FILE"] = $"{folder}/pid";
        return all;
    }
}
