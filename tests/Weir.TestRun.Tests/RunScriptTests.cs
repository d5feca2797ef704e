using System.Text.RegularExpressions;
using Weir.Testing.Files;
using Weir.Testing.Traits;

namespace Weir.TestRun.Tests;

/// <summary>tests/run.sh itself, with stand-ins on its PATH for the programs it starts: what it calls, in which order, and how it ends.</summary>
[Integration]
public sealed class RunScriptTests : IDisposable
{
    private static readonly string[] Needed = ["bash", "sed", "dirname", "mktemp", "cat", "rm", "tail", "timeout", "grep"];

    private readonly DirectoryInfo _bin = Directory.CreateTempSubdirectory("weir-path-");

    public RunScriptTests()
    {
        foreach (var program in Needed)
            File.CreateSymbolicLink(Path.Combine(_bin.FullName, program), Path.Combine("/usr/bin", program));
        StandIn("id", "echo 0");
        StandIn("dotnet", "exit 0");
        StandIn("apt-get", "exit 0");
    }

    private string Calls => File.Exists(CallsFile) ? File.ReadAllText(CallsFile) : "";

    private string CallsFile => Path.Combine(_bin.FullName, "calls");

    public void Dispose() => _bin.Delete(recursive: true);

    [Fact]
    [Seed("run.all")]
    public async Task Script_FreshMachine_InstallsRestoresChecksBuildsAndRuns()
    {
        var shell = await ScriptAsync();

        Assert.Equal(0, shell.Exit);
        Assert.Matches(
            new Regex(
                """
                ^apt-get update
                apt-get install -y --no-install-recommends rabbitmq-server postgresql icecast2
                dotnet restore Bus.sln --locked-mode
                dotnet format whitespace .*--verify-no-changes.*
                dotnet build Bus.sln --configuration Release --no-restore
                dotnet artifacts/bin/Weir.TestRun/release/Weir.TestRun.dll
                $
                """,
                RegexOptions.None,
                TimeSpan.FromSeconds(1)),
            Calls);
    }

    [Theory]
    [InlineData("--quick")]
    [InlineData("--unit-only")]
    [InlineData("--list")]
    public async Task Script_SelectionWithoutServers_InstallsNothing(string selection)
    {
        var shell = await ScriptAsync(selection);

        Assert.Equal(0, shell.Exit);
        Assert.DoesNotContain("apt-get", Calls, StringComparison.Ordinal);
        Assert.EndsWith($"Weir.TestRun.dll {selection}\n", Calls, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_DockerAnswers_InstallsNothing()
    {
        StandIn("docker", "exit 0");

        await ScriptAsync();

        Assert.DoesNotContain("apt-get", Calls, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "exit 0", "apt-get install -y --no-install-recommends icecast2")]
    [InlineData("0", "exit 100", "dotnet restore")]
    [InlineData("1000", "exit 0", "dotnet restore")]
    public async Task Script_OnlyIcecastIsMissing_GoesOnWithOrWithoutIt(string user, string apt, string call)
    {
        StandIn("rabbitmq-server", "exit 0");
        StandIn("initdb", "exit 0");
        StandIn("id", $"echo {user}");
        StandIn("apt-get", apt);

        var shell = await ScriptAsync();

        Assert.Equal(0, shell.Exit);
        Assert.Contains(call, Calls, StringComparison.Ordinal);
        Assert.Contains("icecast2", shell.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("postgresql", Calls, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Script_EndsAsTheRunEnds(int exit)
    {
        StandIn("dotnet", $"case $1 in artifacts*) exit {exit};; esac");

        Assert.Equal(exit, (await ScriptAsync("--quick")).Exit);
    }

    [Theory]
    [InlineData("restore")]
    [InlineData("format")]
    [InlineData("build")]
    [Seed("run.exit-2")]
    public async Task Script_StepFails_ExitsWithTwoAndShowsItsOutput(string step)
    {
        StandIn("dotnet", $"case $1 in {step}) echo the reason of {step}; exit 1;; esac");

        var shell = await ScriptAsync("--quick");

        Assert.Equal(2, shell.Exit);
        Assert.Contains($"the reason of {step}", shell.Output, StringComparison.Ordinal);
        Assert.Contains($"{step} failed", shell.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Weir.TestRun.dll", Calls, StringComparison.Ordinal);
    }

    [Fact]
    [Seed("run.troubleshooting")]
    public async Task Script_NoServersAndNotRoot_ExitsWithTwoAndSaysWhatToInstall()
    {
        StandIn("id", "echo 1000");

        var shell = await ScriptAsync();

        Assert.Equal(2, shell.Exit);
        Assert.Contains("apt-get install -y --no-install-recommends rabbitmq-server postgresql", shell.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("dotnet", Calls, StringComparison.Ordinal);
    }

    [Fact]
    [Seed("run.troubleshooting")]
    public async Task Script_InstallFails_ExitsWithTwoAndShowsWhy()
    {
        StandIn("apt-get", "echo no route to the mirror; exit 100");

        var shell = await ScriptAsync();

        Assert.Equal(2, shell.Exit);
        Assert.Contains("no route to the mirror", shell.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_NoDotnet_ExitsWithTwoAndNamesIt()
    {
        File.Delete(Path.Combine(_bin.FullName, "dotnet"));

        var shell = await ScriptAsync("--quick");

        Assert.Equal(2, shell.Exit);
        Assert.Contains("global.json", shell.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--bogus")]
    [InlineData("--filter")]
    [InlineData("stray")]
    public async Task Script_WrongSwitch_ExitsWithTwoBeforeItDoesAnything(string wrong)
    {
        var shell = await ScriptAsync(wrong);

        Assert.Equal(2, shell.Exit);
        Assert.Contains("usage: tests/run.sh", shell.Output, StringComparison.Ordinal);
        Assert.Empty(Calls);
    }

    [Fact]
    public async Task Script_EverySwitchOfTheUsage_IsTaken()
    {
        var switches = Regex.Matches(RunOptions.Usage, "^ +(--[a-z-]+)( [A-Z]+)?", RegexOptions.Multiline, TimeSpan.FromSeconds(1));

        Assert.True(switches.Count >= 12);
        foreach (Match match in switches)
        {
            var shell = await ScriptAsync(match.Groups[2].Success ? [match.Groups[1].Value, "7"] : [match.Groups[1].Value]);
            Assert.True(shell.Exit == 0, $"{match.Value}: {shell.Output}");
        }
    }

    private Task<Shell> ScriptAsync(params string[] switches) =>
        Shell.RunAsync(
            "/usr/bin/bash",
            [Path.Combine(RepositoryRoot.Path, "tests", "run.sh"), .. switches],
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["PATH"] = _bin.FullName,
                ["WEIR_TEST_SERVER_FOLDERS"] = _bin.FullName,
                ["WEIR_TEST_INFRA"] = null,
                ["WEIR_TEST_RABBITMQ"] = null,
                ["WEIR_TEST_POSTGRES"] = null,
            });

    /// <summary>A program that writes down how it was called, then does what it is told.</summary>
    private void StandIn(string name, string script)
    {
        var path = Path.Combine(_bin.FullName, name);
        var note = name is "id" or "docker" ? "" : $"echo \"{name} $*\" >>'{CallsFile}'\n";
        File.WriteAllText(path, $"#!/usr/bin/bash\n{note}{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
