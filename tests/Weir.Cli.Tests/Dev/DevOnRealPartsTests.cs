using Weir.Testing.Network;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Cli.Tests.Dev;

/// <summary>`weir dev --bus … --store …`: the same on a real broker and a real database, with workers as processes.</summary>
[Integration]
[Slow]
public sealed class DevOnRealPartsTests : IAsyncLifetime
{
    private const string Secret = "hush-canary";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(10);

    private readonly Scratch _scratch = new();
    private ServerScope _scope = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _scope = await (await TestServers.GetAsync(Cancel)).ScopeAsync("dev", Cancel);

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        _scratch.Dispose();
    }

    [Fact]
    public async Task Dev_WorkersAreProcesses_OneKilledIsReplacedByTheOthersAndNoneOutlivesTheRun()
    {
        await using (var dev = Start())
        {
            var at = await dev.RunsAsync(12, 3, Soon, Cancel);
            Assert.Equal(3, Children());
            await dev.TellAsync("k w1");
            at = await dev.SaysAsync("w1 is lost", Soon, Cancel, at);
            await dev.SaysAsync("all 12 streams run again", Soon, Cancel, at);
            await dev.TellAsync("q");
            Assert.Equal(0, await dev.EndsAsync(StopMax, Cancel));
        }

        Assert.Equal(0, Children());
    }

    [Fact]
    public async Task Dev_IsKilledItself_ItsWorkersEnd()
    {
        await using (var dev = Start())
        {
            await dev.RunsAsync(12, 3, Soon, Cancel);
            dev.KillNow();
            await dev.EndsAsync(StopMax, Cancel);
        }

        await Eventually.TrueAsync("the workers' processes to end", _ => Task.FromResult(Children() == 0), Soon, Cancel);
    }

    [Fact]
    public async Task Dev_BrokerIsAway_ItSaysSo_AndGoesOnWhenItIsBack()
    {
        await using var link = TcpProxy.To(_scope.Broker.Amqp.Port);
        await using var dev = Start(bus: _scope.Broker.Through(link.Port).Amqp.ToString());
        var at = await dev.RunsAsync(12, 3, Soon, Cancel);

        link.Cut();
        at = await dev.SaysAsync("bus AWAY: ", Soon, Cancel, at);
        link.Heal();

        at = await dev.SaysAsync("running 12, starting 0, unowned 0; 3 workers live, score", Soon, Cancel, at);
        await dev.TellAsync("k w1");
        at = await dev.SaysAsync("w1 is lost", Soon, Cancel, at);
        await dev.SaysAsync("all 12 streams run again", Soon, Cancel, at);
        await dev.TellAsync("q");
        Assert.True(await dev.EndsAsync(StopMax, Cancel) is 0 or 6, dev.Said); // in time; whether in order is the first test's
    }

    [Fact]
    public async Task Dev_StoreIsAway_ItSaysSo_AndGoesOnWhenItIsBack()
    {
        await using var link = TcpProxy.To(_scope.Database.Port);
        await using var dev = Start(store: _scope.Database.Through(link.Port).ConnectionString);
        var at = await dev.RunsAsync(12, 3, Soon, Cancel);

        link.Cut();
        at = await dev.SaysAsync("store AWAY: ", Soon, Cancel, at);
        link.Heal();

        at = await dev.SaysAsync("running 12, starting 0, unowned 0; 3 workers live, score", Soon, Cancel, at);
        await dev.TellAsync("k w1");
        at = await dev.SaysAsync("w1 is lost", Soon, Cancel, at);
        await dev.SaysAsync("all 12 streams run again", Soon, Cancel, at);
        await dev.TellAsync("q");
        Assert.True(await dev.EndsAsync(StopMax, Cancel) is 0 or 6, dev.Said);
    }

    [Theory]
    [InlineData("bus")]
    [InlineData("store")]
    public async Task Dev_CtrlC_WhileAPartHangs_EndsIn10Seconds_AndNoWorkerOutlivesIt(string part)
    {
        await using var link = TcpProxy.To(part == "bus" ? _scope.Broker.Amqp.Port : _scope.Database.Port);
        await using var dev = part == "bus" ? Start(bus: _scope.Broker.Through(link.Port).Amqp.ToString()) : Start(store: _scope.Database.Through(link.Port).ConnectionString);
        await dev.RunsAsync(12, 3, Soon, Cancel);

        link.Hang();
        dev.Signal(DevProgram.SigInt);
        var code = await dev.EndsAsync(StopMax, Cancel);

        Assert.True(code is 0 or 6, $"{code}: {dev.Said}");
        // With 6 they were killed, and it did not wait for their end.
        await Eventually.TrueAsync("the workers' processes to end", _ => Task.FromResult(Children() == 0), Soon, Cancel);
    }

    [Fact]
    public async Task Dev_CtrlC_WhileAWorkerHangs_EndsIn10Seconds_AndSaysSo()
    {
        await using var dev = Start();
        await dev.RunsAsync(12, 3, Soon, Cancel);
        DevProgram.SignalTo(ChildrenNow().First(), DevProgram.SigStop);

        dev.Signal(DevProgram.SigInt);

        Assert.Equal(6, await dev.EndsAsync(StopMax, Cancel));
        Assert.Contains("Not everything stopped in time", dev.Said, StringComparison.Ordinal);
        await Eventually.TrueAsync("the workers' processes to end", _ => Task.FromResult(Children() == 0), Soon, Cancel);
    }

    [Fact]
    public async Task Dev_SecondCtrlC_EndsAtOnce_AndSaysSo()
    {
        await using var dev = Start();
        var at = await dev.RunsAsync(12, 3, Soon, Cancel);
        DevProgram.SignalTo(ChildrenNow().First(), DevProgram.SigStop);

        dev.Signal(DevProgram.SigInt);
        await dev.SaysAsync("Ctrl-C now stops at once", Soon, Cancel, at);
        dev.Signal(DevProgram.SigInt);

        Assert.Equal(130, await dev.EndsAsync(StopMax, Cancel));
        Assert.Contains("Stopped at once", dev.Said, StringComparison.Ordinal);
        await Eventually.TrueAsync("the workers' processes to end", _ => Task.FromResult(Children() == 0), Soon, Cancel);
    }

    [Fact]
    public async Task Dev_TwoOnOneBroker_TheirWorkersHaveOtherNames_AndOneFoundAgainKeepsIts()
    {
        await using var first = Start();
        await first.RunsAsync(12, 3, Soon, Cancel);

        await using (var second = Start(data: "other"))
        {
            await second.SaysAsync("this one's are w4, w5, w6", Soon, Cancel);
            var at = await first.SaysAsync("6 workers live", Soon, Cancel);
            await second.TellAsync("q");
            Assert.True(await second.EndsAsync(StopMax, Cancel) is 0 or 6, second.Said);
            await first.SaysAsync("running 12, starting 0, unowned 0; 3 workers live", Soon, Cancel, at);
        }

        first.KillNow();
        await first.EndsAsync(StopMax, Cancel);
        await Eventually.TrueAsync("the workers' processes to end", _ => Task.FromResult(Children() == 0), Soon, Cancel);
        await using var again = Start();
        await again.SaysAsync("; 3 workers live", Soon, Cancel);
        await again.TellAsync("q");
        Assert.True(await again.EndsAsync(StopMax, Cancel) is 0 or 6, again.Said);
        Assert.DoesNotContain("has ended: another process", first.Said + again.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("another runs workers here", again.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("broker's password", "does not know", "rabbitmqctl change_password")]
    [InlineData("virtual host", "no-such-host", "rabbitmqctl add_vhost")]
    [InlineData("broker", "no broker answers at 127.0.0.1:1", "whether address and port are right")]
    [InlineData("store's password", "cannot be reached", "the role")]
    [InlineData("store", "cannot be reached", "its address")]
    public async Task Dev_PartThatDoesNotLetItIn_EndsWith1AndWords(string wrong, params string[] words)
    {
        var broker = new UriBuilder(_scope.Broker.Amqp);
        var store = new Npgsql.NpgsqlConnectionStringBuilder(_scope.Database.ConnectionString);
        switch (wrong)
        {
            case "broker's password":
                broker.Password = Secret;
                break;
            case "virtual host":
                broker.Path = "/no-such-host";
                break;
            case "broker":
                broker.Port = 1;
                break;
            case "store's password":
                (store.Username, store.Password) = ("nobody-here", Secret);
                break;
            default:
                store.Port = 1;
                break;
        }

        await using var dev = Start(bus: broker.Uri.ToString(), store: store.ConnectionString);

        Assert.Equal(1, await dev.EndsAsync(TimeSpan.FromSeconds(30), Cancel));
        Assert.All(words, word => Assert.Contains(word, dev.Said, StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, dev.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", dev.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dev_OtherServicesOnTheBrokerWithAnotherDatabase_IsRefused_AndTheyGoOn()
    {
        await using var elsewhere = await (await TestServers.GetAsync(Cancel)).ScopeAsync("dev-elsewhere", Cancel);
        await using var first = Start();
        var at = await first.RunsAsync(12, 3, Soon, Cancel);

        await using var second = Start(store: elsewhere.Database.ConnectionString, data: "other");

        Assert.Equal(1, await second.EndsAsync(Soon, Cancel));
        Assert.Contains("they do not write into this database", second.Said, StringComparison.Ordinal);
        Assert.Contains("rabbitmqctl add_vhost", second.Said, StringComparison.Ordinal);
        await first.TellAsync("q");
        Assert.True(await first.EndsAsync(StopMax, Cancel) is 0 or 6, first.Said);
        Assert.DoesNotContain("w4", first.Said[at..], StringComparison.Ordinal);
    }

    private DevProgram Start(string? bus = null, string? store = null, string data = "data") => DevProgram.Start(
        "--demo", "--workers", "3", "--streams-count", "12", "--port", "0", "--data", _scratch.Name(data), "--bus", bus ?? _scope.Broker.Amqp.ToString(), "--store", store ?? _scope.Database.ConnectionString);

    private int Children() => ChildrenNow().Count();

    private IEnumerable<int> ChildrenNow() => Directory.EnumerateDirectories("/proc").Where(process =>
    {
        try
        {
            var line = File.ReadAllText(Path.Combine(process, "cmdline"));
            return line.Contains("dev-worker", StringComparison.Ordinal) && line.Contains(_scratch.Name("data"), StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }).Select(process => int.Parse(Path.GetFileName(process), System.Globalization.CultureInfo.InvariantCulture));
}
