using System.Net;
using System.Net.Sockets;
using System.Text;
using Weir.Testing.Network;
using Weir.Testing.Servers.Containers;
using Weir.Testing.Traits;

namespace Weir.Testing.Tests.Servers;

/// <summary>Against something that answers like an engine, so that it runs where there is none.</summary>
[Integration]
public sealed class DockerEngineTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ping_EngineAnswers_TellsItsNewestApi()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync(listener, "HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Length: 2\r\n\r\nOK");

        var (engine, obstacle) = await DockerEngine.PingAsync(EndpointOf(((IPEndPoint)listener.LocalEndpoint).Port), Cancel);
        await answering;

        Assert.Null(obstacle);
        Assert.Equal(new Version(1, 41), engine?.ApiVersion);
    }

    [Fact]
    public async Task Ping_SomethingElseAnswers_IsAnObstacle()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync(listener, "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");

        var (engine, obstacle) = await DockerEngine.PingAsync(EndpointOf(((IPEndPoint)listener.LocalEndpoint).Port), Cancel);
        await answering;

        Assert.Null(engine);
        Assert.StartsWith("no engine answers at 127.0.0.1:", obstacle, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ping_NobodyListens_IsAnObstacle()
    {
        using var port = PortReservation.Take();

        var (engine, obstacle) = await DockerEngine.PingAsync(EndpointOf(port.Port), Cancel);

        Assert.Null(engine);
        Assert.StartsWith($"no engine answers at 127.0.0.1:{port.Port}", obstacle, StringComparison.Ordinal);
    }

    private static DockerEndpoint EndpointOf(int port) => new(null, new Uri($"http://127.0.0.1:{port}/"));

    private static async Task AnswerAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync(Cancel);
        _ = await client.GetStream().ReadAsync(new byte[4096], Cancel);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer), Cancel);
    }
}
