using Weir.Testing.Servers.Processes;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Testing.Tests.Servers;

/// <summary>With small shell programs in the place of servers.</summary>
[Integration]
public sealed class ChildServerTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HowEnded_ProgramExits_TellsItsCodeAndLastWords()
    {
        await using var child = Shell("echo the port is taken >&2; exit 3", out _);

        await child.StartAsync(Cancel);
        var ended = await Eventually.GetAsync("the program to exit", child.HowEndedAsync, Bound, Cancel);

        Assert.Equal("shell exited with 3. The end of its output:\nthe port is taken\n", ended);
    }

    [Fact]
    public async Task Kill_ChildInASessionOfItsOwn_IsReachedToo()
    {
        await using var child = Shell("setsid sleep 1000 & echo $! >stray; wait", out var folder);
        await child.StartAsync(Cancel);
        var stray = await StrayAsync(folder);

        await child.KillAsync(Cancel);

        Assert.False(ProcessTable.Read().Lives([stray]), $"process {stray} outlived its server");
    }

    [Fact]
    public async Task Freeze_MoreThatRunThanCores_AllStandWhenItReturns()
    {
        await using var child = Shell("for i in 1 2 3 4 5 6 7 8 9; do (while :; do :; done) & done; echo $! >stray; wait", out var folder);
        await child.StartAsync(Cancel);
        var last = await StrayAsync(folder);

        for (var round = 0; round < 5; round++)
        {
            await child.FreezeAsync(Cancel);
            var stands = ProcessTable.IsStopped(last);
            await child.ThawAsync(Cancel);

            Assert.True(stands, $"round {round}: process {last} ran on after the freeze");
        }
    }

    [Fact]
    public async Task Kill_FrozenOrEndedAlready_IsNoError()
    {
        await using var child = Shell("sleep 1000", out _);
        await child.StartAsync(Cancel);

        await child.FreezeAsync(Cancel);
        await child.KillAsync(Cancel);
        await child.KillAsync(Cancel);

        await Assert.ThrowsAsync<InvalidOperationException>(() => child.ThawAsync(Cancel));
    }

    [Fact]
    public async Task Dispose_RemovesItsFolder()
    {
        string folder;
        await using (var child = Shell("sleep 1000", out folder))
        {
            await child.StartAsync(Cancel);
            Assert.True(Directory.Exists(folder));
        }

        Assert.False(Directory.Exists(folder), $"{folder} was left behind");
    }

    private static ChildServer Shell(string script, out string folder)
    {
        var session = Session.OfThisProcess;
        folder = session.NewFolder("shell");
        return new ChildServer(new ChildCommand("shell", "sh", ["-c", script], folder), session);
    }

    private static async Task<int> StrayAsync(string folder)
    {
        var file = Path.Combine(folder, "stray");
        var text = await Eventually.GetAsync(
            "the stray's number",
            async token => File.Exists(file) && await File.ReadAllTextAsync(file, token) is { Length: > 0 } number ? number : null,
            Bound, Cancel);
        return int.Parse(text);
    }
}
