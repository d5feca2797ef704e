using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Weir.Cli.Tests.Dev;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Cli.Tests;

/// <summary>`weir relay` as the program that stands beside the API in its container.</summary>
[Integration]
[Slow]
public sealed class RelayTests : IDisposable
{
    private const int AtOnce = 256;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly TcpListener _api = new(IPAddress.Loopback, 0);
    private readonly Scratch _scratch = new();

    public RelayTests() => _api.Start();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private int ApiPort => ((IPEndPoint)_api.LocalEndpoint).Port;

    public void Dispose()
    {
        _api.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task Relay_PassesBothWays_AlsoAfterTheCallersLastWord_AndEndsAsAsked()
    {
        await using var relay = await StartAsync(ApiPort);
        using var caller = await CallAsync(relay.Port);
        using var called = await _api.AcceptTcpClientAsync(Cancel);

        var (there, back) = (caller.GetStream(), called.GetStream());
        await there.WriteAsync("what?"u8.ToArray(), Cancel);
        caller.Client.Shutdown(SocketShutdown.Send);
        Assert.Equal("what?", await AllAsync(back));
        await back.WriteAsync("that."u8.ToArray(), Cancel);
        called.Close();
        Assert.Equal("that.", await AllAsync(there));

        relay.Program.Signal(DevProgram.SigTerm);
        Assert.Equal(0, await relay.Program.EndsAsync(Soon, Cancel));
    }

    [Fact]
    public async Task Relay_TheApiEnds_SoDoesTheCall_ThoughTheCallerStillListens()
    {
        await using var relay = await StartAsync(ApiPort);
        using var caller = await CallAsync(relay.Port);
        using var called = await _api.AcceptTcpClientAsync(Cancel);

        called.Close();

        Assert.Equal("", await AllAsync(caller.GetStream()));
    }

    [Fact]
    public async Task Relay_TheApiIsAway_SaysSo_AndPassesOnWhenItIsBack()
    {
        var port = ApiPort;
        _api.Stop();
        await using var relay = await StartAsync(port);
        using (var caller = await CallAsync(relay.Port))
            Assert.Equal("", await AllAsync(caller.GetStream()));
        await relay.Program.SaysAsync("did not take a connection", Soon, Cancel);

        using var back = new TcpListener(IPAddress.Loopback, port);
        back.Start();
        using var again = await CallAsync(relay.Port);
        using var called = await back.AcceptTcpClientAsync(Cancel);
        await called.GetStream().WriteAsync("here"u8.ToArray(), Cancel);
        called.Close();

        Assert.Equal("here", await AllAsync(again.GetStream()));
    }

    [Fact]
    public async Task Relay_MoreCallersThanItTakes_WaitTheirTurn()
    {
        await using var relay = await StartAsync(ApiPort);
        var callers = new List<TcpClient>();
        var called = new List<TcpClient>();
        try
        {
            for (var number = 0; number < AtOnce; number++)
            {
                callers.Add(await CallAsync(relay.Port));
                called.Add(await _api.AcceptTcpClientAsync(Cancel));
            }

            using var late = await CallAsync(relay.Port);
            var turn = _api.AcceptTcpClientAsync(Cancel).AsTask();
            // As many as there are have been passed on; one more comes only when one has gone.
            Assert.False(turn.IsCompleted);
            called[0].Close();
            using var passed = await turn.WaitAsync(Soon, Cancel);
        }
        finally
        {
            callers.ForEach(one => one.Dispose());
            called.ForEach(one => one.Dispose());
        }
    }

    [Fact]
    public async Task Relay_AddressTaken_EndsWith1AndWords()
    {
        await using var relay = DevProgram.StartAs(DevProgram.Program, ["relay", "--listen", $"127.0.0.1:{ApiPort}"]);

        Assert.Equal(1, await relay.EndsAsync(Soon, Cancel));
        Assert.Contains($"--listen 127.0.0.1:{ApiPort} cannot be had", relay.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", relay.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--listen is 'nowhere'", "--listen", "nowhere")]
    [InlineData("--listen is '127.0.0.1'", "--listen", "127.0.0.1")]
    [InlineData("--to is 'there'", "--listen", "127.0.0.1:1", "--to", "there")]
    [InlineData("--to is 192.0.2.1:80; right would be an address on loopback", "--listen", "127.0.0.1:1", "--to", "192.0.2.1:80")]
    public void Relay_WrongAddress_EndsWith2AndWhatIsRight(string right, params string[] flags)
    {
        var (code, _, words) = _scratch.Run(person: false, ["relay", .. flags]);

        Assert.Equal(2, code);
        Assert.Contains(right, words, StringComparison.Ordinal);
    }

    private static async Task<Relay> StartAsync(int to)
    {
        // Port 0 is no address to publish; so one that was free a moment ago.
        for (var tries = 1; ; tries++)
        {
            var program = DevProgram.StartAs(DevProgram.Program, ["relay", "--listen", $"127.0.0.1:{FreePort()}", "--to", $"127.0.0.1:{to}"]);
            await Eventually.TrueAsync("the relay to listen or end", _ => Task.FromResult(program.Said.Contains('\n', StringComparison.Ordinal)), Soon, Cancel);
            if (Regex.Match(program.Said, @"Passing 127\.0\.0\.1:(\d+) on", RegexOptions.None, Soon) is { Success: true } found)
                return new(program, int.Parse(found.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
            await program.DisposeAsync();
            Assert.True(tries < 5, program.Said);
        }
    }

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    private static async Task<TcpClient> CallAsync(int port)
    {
        var caller = new TcpClient();
        await caller.ConnectAsync(IPAddress.Loopback, port, Cancel);
        return caller;
    }

    private static async Task<string> AllAsync(NetworkStream from)
    {
        using var bound = Patience.Limit(Soon, Cancel);
        using var all = new MemoryStream();
        try
        {
            await from.CopyToAsync(all, bound.Token);
        }
        catch (IOException)
        {
            // A connection that is closed with words unread is reset: what came before counts.
        }

        return Encoding.ASCII.GetString(all.ToArray());
    }

    private sealed record Relay(DevProgram Program, int Port) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Program.DisposeAsync();
    }
}
