using Weir.Testing.Servers;
using Weir.Testing.Traits;

namespace Weir.Testing.Tests.Servers;

[Integration]
public sealed class ServerLogTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ready_ManyAtOnceFromSeveralAssemblies_WritesOneWholeLineForEach()
    {
        var folder = Directory.CreateTempSubdirectory("weir-log-");
        var file = Path.Combine(folder.FullName, "infra.log");
        ServerLog[] logs = [.. Enumerable.Range(0, 4).Select(_ => new ServerLog(TextWriter.Null, file, TimeProvider.System))];

        await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Task.Run(
            () => logs[n % 4].ReadyAsync(ServerKind.Local, ServerLog.Postgres, logs[0].Begin(), Cancel), Cancel)));

        var lines = await File.ReadAllLinesAsync(file, Cancel);
        Assert.Equal(40, lines.Length);
        Assert.All(lines, line => Assert.Matches(@"^local postgres \d+$", line));
        folder.Delete(recursive: true);
    }
}
