using Npgsql;
using Weir.Testing.Servers;
using Weir.Testing.Traits;

namespace Weir.Testing.Tests.Servers;

[Unit]
public sealed class AddressTests
{
    [Fact]
    public void Broker_ManagementNotNamed_IsOnTheSameHostsUsualPort()
    {
        var address = BrokerAddress.Parse("amqp://a%40b:p%3Aw@mq.example:5673/some%2Fhost", management: null);

        Assert.Equal(new Uri("http://mq.example:15672/"), address.Management);
        Assert.Equal("a@b", address.Credential.UserName);
        Assert.Equal("p:w", address.Credential.Password);
        Assert.Equal("some/host", address.VirtualHost);
    }

    [Fact]
    public void Broker_NobodyNamed_IsGuestOnTheRoot()
    {
        var address = BrokerAddress.Parse("amqp://mq.example", "http://other:1");

        Assert.Equal("guest", address.Credential.UserName);
        Assert.Equal("/", address.VirtualHost);
        Assert.Equal(new Uri("http://other:1/"), address.Management);
    }

    [Fact]
    public void Broker_ThroughAProxyOnAVirtualHost_KeepsTheLogin()
    {
        var address = BrokerAddress.Loopback(5000, 5001).On("t_x").Through(6000);

        Assert.Equal(new Uri("amqp://weir:weir-test@127.0.0.1:6000/t_x"), address.Amqp);
        Assert.Equal("t_x", address.VirtualHost);
    }

    [Fact]
    public void Database_ThroughAProxyOnAnother_KeepsTheLogin()
    {
        var address = new NpgsqlConnectionStringBuilder(DatabaseAddress.Loopback(5000).On("t_x").Through(6000).ConnectionString);

        Assert.Equal(("127.0.0.1", 6000, "t_x", "weir"), (address.Host, address.Port, address.Database, address.Username));
    }
}
