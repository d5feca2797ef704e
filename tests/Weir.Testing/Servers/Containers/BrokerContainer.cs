using System.Text;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using DotNet.Testcontainers.Networks;
using Testcontainers.RabbitMq;
using Weir.Testing.Network;
using Weir.Testing.Servers.Processes;

namespace Weir.Testing.Servers.Containers;

/// <summary>How one RabbitMQ node runs in a container: its ports, name and files.</summary>
internal sealed class BrokerContainer(string host, IReadOnlyList<string> hosts, INetwork? network = null) : IAsyncDisposable
{
    private const string Image = "rabbitmq:4-management";
    private const int ManagementPort = 15672;

    // Chosen by us, since a port that Docker chooses changes when the container is started again.
    private readonly PortReservation _amqp = PortReservation.Take();
    private readonly PortReservation _management = PortReservation.Take();

    public string Node => NodeOf(host);

    public BrokerAddress Address => BrokerAddress.Loopback(_amqp.Port, _management.Port);

    public IContainer Build()
    {
        var builder = new RabbitMqBuilder(Image)
            .WithUsername(BrokerAddress.Own.UserName)
            .WithPassword(BrokerAddress.Own.Password)
            .WithHostname(host)
            .WithPortBinding(_amqp.Port, RabbitMqBuilder.RabbitMqPort)
            .WithPortBinding(_management.Port, ManagementPort)
            .WithResourceMapping(Encoding.ASCII.GetBytes(BrokerFiles.EnabledPlugins), "/etc/rabbitmq/enabled_plugins")
            .ForThisSession();
        return (network is null ? builder : Clustered(builder, network)).Build();
    }

    public ValueTask DisposeAsync() => new PortHold(_amqp, _management).DisposeAsync();

    private static string NodeOf(string host) => $"rabbit@{host}";

    private RabbitMqBuilder Clustered(RabbitMqBuilder builder, INetwork joined) => builder
        .WithNetwork(joined)
        .WithNetworkAliases(host)
        .WithResourceMapping(
            Encoding.ASCII.GetBytes(BrokerFiles.Cluster([.. hosts.Select(NodeOf)])), "/etc/rabbitmq/conf.d/20-weir-cluster.conf")
        // The broker refuses a cookie that others may read; the network is this cluster's own.
        .WithResourceMapping(
            Encoding.ASCII.GetBytes(Session.OfThisProcess.Id), "/var/lib/rabbitmq/.erlang.cookie", 0, 0,
            UnixFileModes.UserRead | UnixFileModes.UserWrite);
}
