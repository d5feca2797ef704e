using Npgsql;
using Weir.Contracts.Ownership;
using Weir.Contracts.Registration;
using Weir.Testing.Traits;
using Weir.Worker.Clock;
using Weir.Worker.Tests.Stage;

namespace Weir.Worker.Tests.Broker;

/// <summary>Real ticker processes: killed, frozen, told to end. The log shows what they did, the sink what counted.</summary>
[Chaos]
public sealed class TickerProcessTests(BrokerStage stage) : IClassFixture<BrokerStage>
{
    private const string Kind = "ticker";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Slow]
    public async Task Sigterm_With50Streams_IsGoneIn10Seconds()
    {
        await using var plane = await ScriptedPlane.StartAsync(stage.Broker, Cancel);
        await using var ticker = TickerChild.Start("t1", stage.Broker, stage.Folder, stage.Database);
        await plane.BecomesAsync("t1 to register", () => plane.Lives.ContainsKey("t1"), Cancel);
        await plane.GrantAsync("t1", Cancel, StreamClass.Fenced, Kind, [.. Enumerable.Range(1, 50).Select(i => $"d{i}")]);
        var since = BootClock.Instance.GetTimestamp();

        ticker.Signal(TickerChild.SigTerm);
        var exit = await ticker.EndsAsync(Cancel);

        Assert.Equal(0, exit);
        Assert.InRange(BootClock.Instance.GetElapsedTime(since).TotalSeconds, 0, 10);
        await plane.BecomesAsync("its last word", () => plane.All<WorkerStopped>().Any(said => said.WorkerId == "t1"), Cancel);
        await plane.BecomesAsync("all its streams to be released", () => plane.All<StreamsReleased>().Sum(said => said.Streams.Count) == 50, Cancel);
    }

    [Fact]
    [Slow]
    public async Task Frozen_UntilItsLeaseIsOver_StopsWithin250MsOfWaking_AndItsSinkTakesNothingMore()
    {
        await using var plane = await ScriptedPlane.StartAsync(stage.Broker, Cancel);
        await using var first = TickerChild.Start("t2", stage.Broker, stage.Folder, stage.Database);
        await using var second = TickerChild.Start("t3", stage.Broker, stage.Folder, stage.Database);
        await plane.BecomesAsync("both to register", () => plane.Lives.ContainsKey("t2") && plane.Lives.ContainsKey("t3"), Cancel);
        await plane.GrantAsync("t2", Cancel, StreamClass.Fenced, Kind, "f1");
        await plane.GrantAsync("t2", Cancel, StreamClass.Unfenced, Kind, "u1");
        await plane.BecomesAsync("ticks of f1", () => Count("f1", "t2") > 3, Cancel);

        first.Signal(TickerChild.SigStop);
        var frozen = BootClock.Instance.GetTimestamp();
        var epoch = await plane.GrantAsync("t3", Cancel, StreamClass.Fenced, Kind, "f1");
        var before = Count("f1", "t2");
        await plane.BecomesAsync("the lease to be over", () => BootClock.Instance.GetElapsedTime(frozen) > TimeSpan.FromSeconds(9), Cancel);
        first.Signal(TickerChild.SigContinue);
        var woken = BootClock.Instance.GetTimestamp();
        await plane.BecomesAsync("more ticks of the new owner", () => BootClock.Instance.GetElapsedTime(woken) > TimeSpan.FromSeconds(2), Cancel);

        Assert.Equal(before, Count("f1", "t2"));
        Assert.All(Epochs("f1", "t3"), each => Assert.Equal(epoch, each));
        Assert.DoesNotContain(first.Ticks(stage.Folder, "t2"), at => at > woken + 250_000_000);
    }

    [Fact]
    [Slow]
    [Seed("error.system.process-crashes")]
    public async Task Killed_TheNextProcessVouchesForIt_AndGoesOnFromTheCheckpoint()
    {
        await using var plane = await ScriptedPlane.StartAsync(stage.Broker, Cancel);
        await using var first = TickerChild.Start("t4", stage.Broker, stage.Folder, stage.Database);
        await plane.BecomesAsync("t4 to register", () => plane.Lives.ContainsKey("t4"), Cancel);
        var process = plane.Lives["t4"].Process;
        await plane.GrantAsync("t4", Cancel, StreamClass.Fenced, Kind, "k1");
        await plane.BecomesAsync("ticks of k1", () => Count("k1", "t4") > 5, Cancel);

        first.KillNow();
        Assert.Equal(137, await first.EndsAsync(Cancel));
        var written = Count("k1", "t4");
        await using var second = TickerChild.Start("t4", stage.Broker, stage.Folder, stage.Database);
        await plane.BecomesAsync("t4 to register again", () => plane.Lives["t4"].Process != process, Cancel);
        await plane.GrantAsync("t4", Cancel, StreamClass.Fenced, Kind, "k1");
        await plane.BecomesAsync("more ticks of k1", () => Count("k1", "t4") > written + 5, Cancel);

        Assert.Equal(process, plane.All<RegisterWorker>().Last(asked => asked.WorkerId == "t4").Predecessor);
        Assert.Equal(0L, Scalar("select count(*) - count(distinct sequence) from weir_ticks where stream = 'k1' and sequence > 0"));
    }

    [Fact]
    public async Task Refused_EndsWith2AndSaysWhy()
    {
        await using var plane = await ScriptedPlane.StartAsync(stage.Broker, Cancel);
        await using var ticker = TickerChild.Start("t5", stage.Broker, stage.Folder, pool: "closed");

        Assert.Equal(WorkerExitCode.Refused, await ticker.EndsAsync(Cancel));
        Assert.Contains("Pool is 'closed'; give an open one", await ticker.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Slow]
    public async Task Superseded_EndsWith3()
    {
        await using var plane = await ScriptedPlane.StartAsync(stage.Broker, Cancel);
        await using var first = TickerChild.Start("t6", stage.Broker, stage.Folder);
        await plane.BecomesAsync("t6 to register", () => plane.Lives.ContainsKey("t6"), Cancel);

        plane.Refuses = beat => beat.WorkerId == "t6" ? Contracts.Leases.LeaseRefusal.Superseded : null;

        Assert.Equal(WorkerExitCode.Superseded, await first.EndsAsync(Cancel));
    }

    private long Count(string stream, string worker) => (long)(Scalar($"select count(*) from weir_ticks where stream = '{stream}' and worker = '{worker}' and sequence > 0") ?? 0L);

    private List<long> Epochs(string stream, string worker)
    {
        using var connection = new NpgsqlConnection(stage.Database.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand($"select epoch from weir_ticks where stream = '{stream}' and worker = '{worker}'", connection);
        using var rows = command.ExecuteReader();
        var epochs = new List<long>();
        while (rows.Read())
            epochs.Add(rows.GetInt64(0));
        return epochs;
    }

    private object? Scalar(string sql)
    {
        using var connection = new NpgsqlConnection(stage.Database.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        try
        {
            return command.ExecuteScalar();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return 0L; // the first claim makes it
        }
    }
}
