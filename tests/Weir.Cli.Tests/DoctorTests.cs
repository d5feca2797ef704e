using System.Diagnostics;
using Weir.Cli.Doctor;
using Weir.Cli.Tests.Live;
using Weir.Testing.Servers;
using Weir.Testing.Traits;

namespace Weir.Cli.Tests;

/// <summary>`weir doctor` on real servers: all well, and each fault with its advice. Beside it the sample worker, which runs there as it stands.</summary>
[Integration]
[Slow]
public sealed class DoctorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Doctor_OnAFleetThatIsWell_FindsNoFault_AndTheSampleWorkerRunsThere()
    {
        var servers = await TestServers.GetAsync(Cancel);
        await using var scope = await servers.ScopeAsync("cli-doctor", Cancel);
        await using var fleet = await RunningFleet.StartAsync(scope);
        using var sample = Sample(Bus(scope));
        try
        {
            var file = fleet.File("first.csv", "id,kind\nmine,first\n");
            await fleet.RunAsync("streams", "add", "-f", file, "--yes");
            await fleet.UntilAsync("the sample to run it", data => data.Contains("1 of 1 running", StringComparison.Ordinal), "status");

            var (code, data, words) = await fleet.RunAsync("doctor", "--store", scope.Database.ConnectionString, "--bus", Bus(scope));

            Assert.True(code == 0, data + words);
            foreach (var check in (string[])["api", "streams", "key", "store", "clock rate", "broker", "rights", "queues"])
                Assert.Matches($"(?m)^{check} +ok ", data);
            Assert.Contains($"all {QueueCheck.Queues.Count} are there", data, StringComparison.Ordinal);
        }
        finally
        {
            sample.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task Doctor_WhereNothingIsSetUp_SaysOfEachWhatToDo()
    {
        var servers = await TestServers.GetAsync(Cancel);
        await using var scope = await servers.ScopeAsync("cli-doctor-empty", Cancel);

        var (code, data, words) = RunningFleet.Run(
            answers: null, "doctor", "--api", "http://127.0.0.1:1", "--store", scope.Database.ConnectionString, "--bus", Bus(scope));

        Assert.Equal(4, code);
        Assert.Contains("weir store migrate", words, StringComparison.Ordinal);
        Assert.Contains("start Weir.Diagnostics", words, StringComparison.Ordinal);
        Assert.Contains("start Weir.Registry", words, StringComparison.Ordinal);
        Assert.Contains("weir.orchestrator.answers is not there", data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_WithAWrongPasswordOrHost_SaysWhich_AndNotThePassword()
    {
        var servers = await TestServers.GetAsync(Cancel);
        await using var scope = await servers.ScopeAsync("cli-doctor-wrong", Cancel);
        var broker = scope.Broker;

        var (_, refused, _) = RunningFleet.Run(answers: null, "doctor", "--bus", $"amqp://{broker.Credential.UserName}:hush-canary@{broker.Amqp.Host}:{broker.Amqp.Port}/{broker.VirtualHost}");
        var (_, missing, words) = RunningFleet.Run(answers: null, "doctor", "--bus", $"amqp://{broker.Credential.UserName}:{broker.Credential.Password}@{broker.Amqp.Host}:{broker.Amqp.Port}/no-such-host");
        var (_, away, _) = RunningFleet.Run(answers: null, "doctor", "--bus", "amqp://127.0.0.1:1/");

        Assert.Contains("does not know", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-canary", refused, StringComparison.Ordinal);
        Assert.Contains("no-such-host", missing, StringComparison.Ordinal);
        Assert.Contains("rabbitmqctl add_vhost", words, StringComparison.Ordinal);
        Assert.Contains("no broker answers at 127.0.0.1:1", away, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.00, CheckState.Ok)]
    [InlineData(1.10, CheckState.Ok)]
    [InlineData(1.40, CheckState.Failed)]
    [InlineData(0.70, CheckState.Failed)]
    public void Rate_OutsideWhatLeasesBear_IsAFault(double rate, object state)
    {
        var finding = StoreCheck.Judge(TimeSpan.FromSeconds(rate), TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(5));

        Assert.Equal(state, finding.State);
    }

    private static string Bus(ServerScope scope) =>
        $"amqp://{scope.Broker.Credential.UserName}:{Uri.EscapeDataString(scope.Broker.Credential.Password)}@{scope.Broker.Amqp.Host}:{scope.Broker.Amqp.Port}/{scope.Broker.VirtualHost}";

    private static Process Sample(string bus)
    {
        // From its own folder: beside the tests lie what a web program leaves out, as its framework has it.
        var mine = new DirectoryInfo(AppContext.BaseDirectory);
        var start = new ProcessStartInfo(Path.Combine(mine.Parent!.Parent!.FullName, "FirstWorker", mine.Name, "FirstWorker")) { UseShellExecute = false };
        start.Environment["Weir__Bus__Address"] = bus;
        return Process.Start(start) ?? throw new InvalidOperationException("the sample did not start");
    }
}
