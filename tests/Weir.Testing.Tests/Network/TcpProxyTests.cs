using System.Diagnostics;
using System.Net.Sockets;
using Weir.Testing.Network;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Testing.Tests.Network;

[Integration]
public sealed class TcpProxyTests : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    private readonly EchoServer _server = new();
    private readonly TcpProxy _proxy;

    public TcpProxyTests() => _proxy = TcpProxy.To(_server.Port);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Pass_BytesAndTheEndOfTheStream_GoBothWays()
    {
        using var client = await EchoClient.ConnectAsync(_proxy);

        var echo = await client.EchoAsync(1, 2, 3);
        client.EndSending();

        Assert.Equal([1, 2, 3], echo);
        Assert.Empty(await client.ReceiveAsync());
    }

    [Fact]
    public async Task Pass_MoreThanAnyBufferHolds_ArrivesWholeAndInOrder()
    {
        using var client = await EchoClient.ConnectAsync(_proxy);
        var sent = new byte[8_000_000];
        new Random(17).NextBytes(sent);
        var received = new List<byte>(sent.Length);

        var sending = client.SendAsync(sent);
        while (received.Count < sent.Length) received.AddRange(await client.ReceiveAsync(64 * 1024));
        await sending;

        Assert.True(sent.AsSpan().SequenceEqual(received.ToArray()));
    }

    [Fact]
    public async Task Cut_OpenConnection_IsReset()
    {
        using var client = await EchoClient.ConnectAsync(_proxy);
        await client.EchoAsync(1);

        _proxy.Cut();

        var broken = await Assert.ThrowsAsync<IOException>(() => client.ReceiveAsync());
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(broken.InnerException).SocketErrorCode);
    }

    [Fact]
    public async Task Cut_NewConnection_IsRefusedUntilHealedOnTheSamePort()
    {
        _proxy.Cut();
        var refused = await Assert.ThrowsAsync<SocketException>(() => EchoClient.ConnectAsync(_proxy));
        _proxy.Heal();
        using var client = await EchoClient.ConnectAsync(_proxy);

        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        Assert.Equal([5], await client.EchoAsync(5));
    }

    [Theory]
    [InlineData(Direction.Both)]
    [InlineData(Direction.ToServer)]
    [InlineData(Direction.ToClient)]
    public async Task Hang_EitherWay_StopsBytesButKeepsSocketsAndLosesNothing(Direction direction)
    {
        using var client = await EchoClient.ConnectAsync(_proxy);
        await client.EchoAsync(1);

        _proxy.Hang(direction);
        await client.SendAsync(2);
        var hung = await client.HearsNothingAsync();
        _proxy.Heal();

        Assert.True(hung, "a byte came through");
        Assert.Equal([2], await client.ReceiveAsync());
    }

    [Fact]
    public async Task Hang_NewConnection_IsAcceptedAndHearsNothing()
    {
        _proxy.Hang();
        using var client = await EchoClient.ConnectAsync(_proxy);
        await client.SendAsync(3);
        var hung = await client.HearsNothingAsync();
        _proxy.Heal();

        Assert.True(hung, "a byte came through");
        Assert.Equal([3], await client.ReceiveAsync());
    }

    [Fact]
    public async Task Hang_OneWay_LetsTheOtherWayThrough()
    {
        using var client = await EchoClient.ConnectAsync(_proxy);
        await client.EchoAsync(1);

        _proxy.Hang(Direction.ToClient);
        await client.SendAsync(2, 3);

        await Eventually.TrueAsync("the server to receive 3 bytes", _ => Task.FromResult(_server.Received == 3), Bound, Cancel);
        Assert.True(await client.HearsNothingAsync(), "a byte came back");
    }

    [Fact]
    public async Task Delay_EachWay_IsAddedOnceToEach()
    {
        using var client = await EchoClient.ConnectAsync(_proxy);
        await client.EchoAsync(1);
        _proxy.Delay(TimeSpan.FromMilliseconds(80));

        var took = Stopwatch.StartNew();
        var echo = await client.EchoAsync(2);

        Assert.Equal([2], echo);
        // Timers may be early by a tick of the kernel's clock. Once would be 80.
        Assert.InRange(took.ElapsedMilliseconds, 150, 30_000);
    }

    [Fact]
    public async Task Limit_BytesASecond_HoldsBackWhatIsMore()
    {
        using var client = await EchoClient.ConnectAsync(_proxy);
        await client.EchoAsync(1);
        _proxy.Limit(bytesPerSecond: 10_000);
        var received = 0;

        var took = Stopwatch.StartNew();
        await client.SendAsync(new byte[2_000]);
        while (received < 2_000) received += (await client.ReceiveAsync(4_096)).Length;

        Assert.InRange(took.ElapsedMilliseconds, 390, 10_000);
    }

    [Fact]
    public async Task HalfClose_ToServer_EndsThatWayAndLeavesTheOther()
    {
        using var client = await EchoClient.ConnectAsync(_proxy);
        await client.EchoAsync(1);
        _proxy.Hang(Direction.ToClient);
        await client.SendAsync(2);
        await Eventually.TrueAsync("the server to receive 2 bytes", _ => Task.FromResult(_server.Received == 2), Bound, Cancel);

        _proxy.HalfClose(Direction.ToServer);
        _proxy.Heal();

        Assert.Equal([2], await client.ReceiveAsync());
        Assert.Empty(await client.ReceiveAsync());
    }

    [Fact]
    public async Task HalfClose_ToClient_ShowsTheEndWhileTheServerStillListens()
    {
        using var client = await EchoClient.ConnectAsync(_proxy);
        await client.EchoAsync(1);

        _proxy.HalfClose(Direction.ToClient);

        Assert.Empty(await client.ReceiveAsync());
        await client.SendAsync(2);
        await client.SendAsync(3);
    }

    [Fact]
    public async Task ServerGone_NewConnection_IsReset()
    {
        await _server.DisposeAsync();

        // The reset may come before the client's connect has returned, or after.
        var broken = await Record.ExceptionAsync(async () =>
        {
            using var client = await EchoClient.ConnectAsync(_proxy);
            await client.ReceiveAsync();
        });

        var reset = Assert.IsType<SocketException>(broken is IOException ? broken.InnerException : broken);
        Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
    }
}
