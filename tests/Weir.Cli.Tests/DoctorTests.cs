using System.Diagnostics;
using Weir.Cli.Doctor;
using Weir.Cli.Tests.Live;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

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

            var (code, data, words) = await fleet.RunAsync("doctor", "--store", scope.Database.ConnectionString, "--bus", Bus(scope), "--management", scope.Broker.Management.ToString());

            Assert.True(code == 0, data + words);
            foreach (var check in (string[])["api", "streams", "key", "store", "clock rate", "data", "broker", "rights", "queues", "net_ticktime", "versions"])
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
        var finding = StoreCheck.Judge(TimeSpan.FromSeconds(rate), TimeSpan.FromSeconds(0.99), TimeSpan.FromSeconds(1));

        Assert.Equal(state, finding.State);
    }

    [Theory]
    [InlineData(1.6)]
    [InlineData(1.1)]
    public void Rate_KnownBadlyBecauseAnAnswerWasLate_IsNoFault(double overall) =>
        Assert.Equal(CheckState.Ok, StoreCheck.Judge(TimeSpan.FromSeconds(1.05), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(overall)).State);

    [Fact]
    public async Task Doctor_RowsThatContradict_AreAFault()
    {
        var servers = await TestServers.GetAsync(Cancel);
        await using var scope = await servers.ScopeAsync("cli-doctor-data", Cancel);
        await using var fleet = await RunningFleet.StartAsync(scope);
        using var sample = Sample(Bus(scope));
        try
        {
            await fleet.UntilAsync("the worker to be there", data => data.Contains("1 live", StringComparison.Ordinal), "status");
        }
        finally
        {
            sample.Kill(entireProcessTree: true);
        }

        await using (var connection = new Npgsql.NpgsqlConnection(scope.Database.ConnectionString))
        {
            await connection.OpenAsync(Cancel);
            await using var harm = new Npgsql.NpgsqlCommand("UPDATE workers SET newest = 4242", connection);
            await harm.ExecuteNonQueryAsync(Cancel);
        }

        var (code, data, words) = await fleet.RunAsync("doctor", "--store", scope.Database.ConnectionString);

        Assert.Equal(4, code);
        Assert.Contains("1 are workers without the lease of their newest life (one is first-1)", data, StringComparison.Ordinal);
        Assert.Contains("data: no program of Weir's writes such rows", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_ConnectionsOfOtherVersions_AreNamed()
    {
        var servers = await TestServers.GetAsync(Cancel);
        await using var scope = await servers.ScopeAsync("cli-doctor-versions", Cancel);
        await using var old = await ConnectAsync(scope, "registry+monitor@host1#11", "0.0.9");
        await using var beats = await ConnectAsync(scope, "registry.beats@host1#11", "0.0.9");
        await using var worker = await ConnectAsync(scope, "worker.w1@host2#12", version: null);
        await using var alien = await ConnectAsync(scope, "somebody else", version: null);

        var (data, words) = await UntilAsync("0.0.9", scope);

        Assert.Contains("0.0.9: registry+monitor@host1#11, registry@host1#11; one that does not say: worker.w1@host2#12", data, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody else", data, StringComparison.Ordinal);
        Assert.Contains("versions: bring all to the newest", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_WhereTheManagementApiIsNot_LeavesItOut_AndSaysHowToHaveIt()
    {
        var servers = await TestServers.GetAsync(Cancel);
        await using var scope = await servers.ScopeAsync("cli-doctor-unmanaged", Cancel);

        var (_, away, advice) = RunningFleet.Run(answers: null, "doctor", "--bus", Bus(scope), "--management", "http://127.0.0.1:1");
        var (code, _, wrong) = RunningFleet.Run(answers: null, "doctor", "--bus", Bus(scope), "--management", "amqp://127.0.0.1");

        Assert.Matches("(?m)^management +skipped .*net_ticktime and versions were not looked at", away);
        Assert.Contains("rabbitmq-plugins enable rabbitmq_management", advice, StringComparison.Ordinal);
        Assert.Equal(2, code);
        Assert.Contains("http://127.0.0.1:15672", wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CheckState.Ok, true, 60)]
    [InlineData(CheckState.Ok, false, 60)]
    [InlineData(CheckState.Ok, false, 10, 15)]
    [InlineData(CheckState.Failed, false, 60, 15)]
    [InlineData(CheckState.Failed, false, 9, 9)]
    [InlineData(CheckState.Failed, false, 0, 15)]
    [InlineData(CheckState.Warning, true, 60, 60)]
    public void Tick_BetweenNodes_IsRightFrom10To15(object state, bool isLoopback, params int[] seconds)
    {
        var finding = ManagementCheck.Tick([.. seconds.Select((each, at) => ($"rabbit@n{at}", (int?)(each == 0 ? null : each)))], isLoopback);

        Assert.Equal(state, finding.State);
        Assert.Equal(finding.State == CheckState.Ok, finding.Advice is null);
    }

    [Theory]
    [InlineData(CheckState.Ok, "registry@a#1=1.0", "worker.w1.beat@b#2=1.0")]
    [InlineData(CheckState.Ok, "somebody=")]
    [InlineData(CheckState.Warning, "registry@a#1=1.0", "orchestrator@a#2=1.1")]
    [InlineData(CheckState.Warning, "registry@a#1=1.0", "worker.w1@b#2=")]
    [InlineData(CheckState.Warning, "registry@a#1=0.9", "worker.w1@b#2=0.9")]
    public void Versions_ThatDiffer_AreAWarning(object state, params string[] connections)
    {
        var told = connections.Select(text => text.Split('=')).Select(pair => new Connected(pair[0], pair[1].Length > 0 ? pair[1] : null));

        Assert.Equal(state, VersionCheck.Judge(told, "1.0").State);
    }

    [Fact]
    public void WorkersVersions_ThatDiffer_AreNamed()
    {
        Assert.Null(WorkerVersions.Judge([]));
        Assert.Equal(CheckState.Ok, WorkerVersions.Judge([("w1", "2"), ("w2", "2")])!.State);
        var differ = WorkerVersions.Judge([("w2", "2"), ("w1", "3"), ("w3", "2")])!;

        Assert.Equal((CheckState.Warning, "2: w2, w3; 3: w1"), (differ.State, differ.Words));
    }

    // The management API tells of a connection some seconds after it was made.
    private static async Task<(string Data, string Words)> UntilAsync(string words, ServerScope scope)
    {
        var found = (Data: "", Words: "");
        await Eventually.TrueAsync(
            $"the doctor to see {words}",
            _ =>
            {
                var (_, data, said) = RunningFleet.Run(answers: null, "doctor", "--bus", Bus(scope), "--management", scope.Broker.Management.ToString());
                found = (data, said);
                return Task.FromResult(data.Contains(words, StringComparison.Ordinal) && data.Contains("worker.w1", StringComparison.Ordinal));
            },
            TimeSpan.FromSeconds(60),
            Cancel);
        return found;
    }

    private static async Task<RabbitMQ.Client.IConnection> ConnectAsync(ServerScope scope, string name, string? version)
    {
        var factory = new RabbitMQ.Client.ConnectionFactory { Uri = new Uri(Bus(scope)), ClientProvidedName = name };
        if (version is not null)
            factory.ClientProperties[global::Weir.Bus.WeirVersion.Property] = version;
        return await factory.CreateConnectionAsync(Cancel);
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
