using System.Text.Json;
using Weir.Cli.Tests.Live;
using Weir.Testing.Traits;

namespace Weir.Cli.Tests;

/// <summary>A fleet that an operator works with the tool alone.</summary>
[Integration]
[Slow]
public sealed class FleetVerbTests
{
    private const string Ten = """
        defaults: {kind: resting}
        streams: [{id: s0}, {id: s1}, {id: s2}, {id: s3}, {id: s4}, {id: s5}, {id: s6}, {id: s7}, {id: s8}, {id: s9, labels: {city: "3012"}, definition: {url: "http://x", rates: [1, 2]}}]
        """;

    [Fact]
    public async Task Fleet_WhenItIsWorkedByTheTool_AnswersAsThePagesSay()
    {
        await using var fleet = await RunningFleet.StartAsync();
        await fleet.JoinAsync("w1");
        await fleet.JoinAsync("w2");
        await fleet.UntilAsync("both workers", data => data.Contains("2 live", StringComparison.Ordinal), "status");

        await DeclareAsync(fleet);
        await ReadAsync(fleet);
        await DrainAsync(fleet);
        await HoldAndRemoveAsync(fleet);
    }

    [Fact]
    public async Task Fleet_WithStreamsThatNobodyCanRun_IsUnhealthy()
    {
        await using var fleet = await RunningFleet.StartAsync();
        var file = fleet.File("one.csv", "id,kind,label.city\nlonely,resting,Bern\n");
        Expect(0, "1 added", await fleet.RunAsync("streams", "add", "-f", file, "--yes"));

        Expect(4, "weir streams list --state unowned", await fleet.RunAsync("status"));
        Expect(6, "0 of 1 streams run", await fleet.RunAsync("status", "--wait", "1"));
        Expect(0, "lonely", await fleet.RunAsync("streams", "list", "--state", "unowned", "--label", "city=Bern"));
    }

    private static async Task DeclareAsync(RunningFleet fleet)
    {
        var file = fleet.File("ten.yaml", Ten);
        Expect(0, "10 to add", await fleet.RunAsync("streams", "add", "-f", file, "--dry-run"));
        Expect(2, "give --yes", await fleet.RunAsync("streams", "add", "-f", file));
        Expect(2, "give --yes", await fleet.AskAsync("y\n", "streams", "add", "-f", file, "--no-input"));
        Expect(5, "Nothing was done", await fleet.AskAsync("n\n", "streams", "add", "-f", file));
        Expect(0, "10 added, 0 changed, 0 as they were", await fleet.AskAsync("y\n", "streams", "add", "-f", file));
        Expect(0, "0 added, 0 changed, 10 as they were", await fleet.RunAsync("streams", "add", "-f", file));
        Expect(0, "~ s3  weight: 1 -> 2", await fleet.RunAsync("streams", "add", "-f", fleet.File("s3.json", """[{"id":"s3","kind":"resting","weight":2}]"""), "--dry-run"));
        Expect(0, "10 of 10 running", await fleet.RunAsync("status", "--wait", "60"));
    }

    private static async Task ReadAsync(RunningFleet fleet)
    {
        var status = Json(await fleet.RunAsync("status", "--json"));
        Assert.Equal(10, status.GetProperty("streams").GetProperty("running").GetInt32());
        Assert.Equal(2, status.GetProperty("workers").GetProperty("live").GetInt32());
        Assert.Equal(1, status.GetProperty("balance").GetProperty("score").GetDouble());

        var page = Json(await fleet.RunAsync("streams", "list", "--limit", "3", "--json"));
        Assert.Equal(3, page.GetProperty("items").GetArrayLength());
        var rest = Json(await fleet.RunAsync("streams", "list", "--limit", "0", "--cursor", page.GetProperty("next").GetString()!, "--json"));
        Assert.Equal(7, rest.GetProperty("items").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("next").ValueKind);
        Expect(0, "50", await fleet.RunAsync("workers", "list", "--sort=-load"));
        Expect(0, "beats", await fleet.RunAsync("workers", "get", "w1"));
        Expect(0, "defined   {\"url\"", await fleet.RunAsync("streams", "get", "s9"));
        Expect(3, "no such", await fleet.RunAsync("streams", "get", "s99"));
        Expect(2, "wrongState", await fleet.RunAsync("streams", "list", "--state", "wrongState"));
        await fleet.UntilAsync("s1 to be explained", data => data.Contains("why     placed", StringComparison.Ordinal) && data.Contains("proof   score", StringComparison.Ordinal), "explain", "s1");
        Assert.Equal("s1", Json(await fleet.RunAsync("explain", "s1", "--json")).GetProperty("stream").GetProperty("id").GetString());
        Expect(0, "Nothing to move", await fleet.RunAsync("rebalance", "--plan"));
        Expect(0, "planned at once", await fleet.RunAsync("rebalance", "--apply"));
        Expect(2, "--plan", await fleet.RunAsync("rebalance"));
        Expect(0, "Facts are missing here", await fleet.RunAsync("events", "--after", "nobody.1"));
        Expect(2, "-f", await fleet.RunAsync("events"));
    }

    private static async Task DrainAsync(RunningFleet fleet)
    {
        Expect(0, "Would drain w1: 5 streams", await fleet.RunAsync("workers", "drain", "w1", "--dry-run"));
        Expect(0, "w1 has no stream left", await fleet.RunAsync("workers", "drain", "w1", "--wait", "--timeout", "60"));
        Assert.Equal(0, Json(await fleet.RunAsync("workers", "get", "w1", "--json")).GetProperty("streams").GetInt32());
        await fleet.UntilAsync("the moves to be told", data => data.Contains("workerDraining", StringComparison.Ordinal), "migrations", "list", "--state", "completed");
        Expect(0, "", await fleet.RunAsync("workers", "uncordon", "w1"));
        Expect(5, "Nothing was done", await fleet.AskAsync("w2\n", "workers", "forget", "w1"));
        Expect(7, "drain it", await fleet.AskAsync("w1\n", "workers", "forget", "w1"));
        Expect(3, "no such", await fleet.RunAsync("workers", "cordon", "w9"));
        Expect(2, "is not there", await fleet.RunAsync("workers", "cordon", "w1", "--key-file", "no-such-file"));
        Expect(5, "key", await fleet.RunAsync("workers", "cordon", "w1", "--key-file", fleet.File("wrong.key", "wrong")));
    }

    private static async Task HoldAndRemoveAsync(RunningFleet fleet)
    {
        Expect(0, "s1", await fleet.RunAsync("streams", "pause", "s1", "s2"));
        await fleet.UntilAsync("two to be paused", data => data.Contains("2 paused", StringComparison.Ordinal), "status");
        Expect(0, "s1", await fleet.RunAsync("streams", "resume", "s1", "s2"));
        // A paused stream is as it shall be, so --wait alone may look before the resume is carried out.
        await fleet.UntilAsync("all to run again", data => data.Contains("10 of 10 running", StringComparison.Ordinal), "status");
        Expect(0, "10 of 10 running", await fleet.RunAsync("status", "--wait", "60"));
        Expect(3, "no such", await fleet.RunAsync("streams", "remove", "s1", "s99", "--yes"));
        Expect(2, "Nobody can be asked", await fleet.RunAsync("streams", "remove", "s1"));
        Expect(0, "Would remove s1", await fleet.RunAsync("streams", "remove", "s1", "--dry-run"));
        Expect(0, "Removed 2 streams", await fleet.AskAsync("2\n", "streams", "remove", "s1", "s2"));
        await fleet.UntilAsync("eight to be left", data => data.Contains("8 of 8 running", StringComparison.Ordinal), "status");
    }

    private static JsonElement Json((int Code, string Data, string Words) said) =>
        said.Code == 0 ? JsonElement.Parse(said.Data) : throw new Xunit.Sdk.XunitException($"{said.Code}: {said.Words}");

    /// <summary>The code, and the words on either side.</summary>
    private static void Expect(int code, string words, (int Code, string Data, string Words) said)
    {
        Assert.True(code == said.Code, $"exit {said.Code}, not {code}: {said.Words}{said.Data}");
        Assert.Contains(words, said.Data + said.Words, StringComparison.Ordinal);
    }
}
