using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Cli.Tests.Dev;

/// <summary>`weir dev --bus … --store …`: the same on a real broker and a real database, with workers as processes.</summary>
[Integration]
[Slow]
public sealed class DevOnRealPartsTests : IAsyncLifetime
{
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
            var at = await dev.SaysAsync("all 12 streams run on 3 workers", Soon, Cancel);
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
            await dev.SaysAsync("all 12 streams run on 3 workers", Soon, Cancel);
            dev.KillNow();
            await dev.EndsAsync(StopMax, Cancel);
        }

        await Eventually.TrueAsync("the workers' processes to end", _ => Task.FromResult(Children() == 0), Soon, Cancel);
    }

    private DevProgram Start() => DevProgram.Start(
        "--demo", "--workers", "3", "--streams-count", "12", "--port", "0", "--data", _scratch.Name("data"), "--bus", _scope.Broker.Amqp.ToString(), "--store", _scope.Database.ConnectionString);

    private int Children() => Directory.EnumerateDirectories("/proc").Count(process =>
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
    });
}
