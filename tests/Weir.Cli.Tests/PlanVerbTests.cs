using System.Text.Json;
using Weir.Testing.Traits;

namespace Weir.Cli.Tests;

/// <summary>`weir plan` in this process: what it prints, where, and what it answers.</summary>
[Unit]
public sealed class PlanVerbTests : IDisposable
{
    private const string TwoWorkers =
        """{"workers":[{"id":"w1","capacity":10},{"id":"w2","capacity":10}],"streams":[{"id":"s1","owner":"w1"},{"id":"s2","owner":"w1"},{"id":"s3","owner":"w1"},{"id":"s4","owner":"w1"}]}""";

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Plan_UnevenFleet_PrintsMovesAndTheirProofAsJson()
    {
        var (code, data, words) = _scratch.Plan(TwoWorkers);

        using var plan = JsonDocument.Parse(data);
        var certificate = plan.RootElement.GetProperty("certificate");
        Assert.Equal(0, code);
        Assert.Empty(words);
        Assert.Equal(2, plan.RootElement.GetProperty("moves").GetArrayLength());
        Assert.Equal("w2", plan.RootElement.GetProperty("moves")[0].GetProperty("to").GetString());
        Assert.Equal("newWorker", plan.RootElement.GetProperty("moves")[0].GetProperty("reason").GetString());
        Assert.Equal(2, certificate.GetProperty("moves").GetInt32());
        Assert.Equal(2, certificate.GetProperty("movesLowerBound").GetInt32());
        Assert.Equal(0.2, certificate.GetProperty("makespan").GetDouble());
        Assert.True(plan.RootElement.GetProperty("elapsedMs").GetDouble() >= 0);
    }

    [Fact]
    public void Plan_OutputHasExactlyTheFieldsThatWerePromised()
    {
        using var plan = JsonDocument.Parse(_scratch.Plan(TwoWorkers).Data);

        Assert.Equal(["moves", "placements", "unplaced", "certificate", "report", "elapsedMs"], Names(plan.RootElement));
        Assert.Equal(["stream", "from", "to", "reason", "priority"], Names(plan.RootElement.GetProperty("moves")[0]));
        Assert.Equal(
            ["moves", "movesLowerBound", "placements", "makespan", "makespanLowerBound", "maxMinusMin", "scoreBefore", "scoreAfter", "targetScoreAfter", "bandAsked", "bandReached"],
            Names(plan.RootElement.GetProperty("certificate")));
    }

    [Fact]
    public void Plan_ForAPerson_DrawsLevelsMovesAndTheProofInOneLine()
    {
        var (code, data, _) = _scratch.Run(person: true, "plan", "--input", _scratch.File("fleet.json", TwoWorkers));

        Assert.Equal(0, code);
        Assert.Contains("2 moves, and no plan can do it with fewer", data, StringComparison.Ordinal);
        Assert.Contains("w1 → w2", data, StringComparison.Ordinal);
        Assert.Contains("█", data, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', data);
    }

    [Fact]
    public void Plan_Lose_PlacesTheLostWorkersStreamsElsewhere()
    {
        using var plan = JsonDocument.Parse(_scratch.Plan(TwoWorkers, "--lose", "w1").Data);

        Assert.Equal(4, plan.RootElement.GetProperty("placements").GetArrayLength());
        Assert.Equal(0, plan.RootElement.GetProperty("moves").GetArrayLength());
    }

    [Fact]
    public void Plan_JoinAndDrain_AreAppliedBeforePlanning()
    {
        using var plan = JsonDocument.Parse(_scratch.Plan(TwoWorkers, "--drain", "w1", "--join", "w3:10").Data);

        var targets = plan.RootElement.GetProperty("moves").EnumerateArray().Select(m => m.GetProperty("to").GetString()).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(["w2", "w2", "w3", "w3"], targets);
    }

    [Fact]
    public void Plan_TooLittleRoom_PrintsThePlanAndAnswersFour()
    {
        var (code, data, words) = _scratch.Plan("""{"workers":[{"id":"w1","capacity":1}],"streams":[{"id":"a"},{"id":"b"}]}""");

        using var plan = JsonDocument.Parse(data);
        Assert.Equal(4, code);
        Assert.Equal("noRoom", plan.RootElement.GetProperty("unplaced")[0].GetProperty("reason").GetString());
        Assert.Contains("1 streams have no worker", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_Output_WritesTheSameJsonToTheFile()
    {
        var target = _scratch.Name("plan.json");

        _scratch.Plan(TwoWorkers, "--output", target);

        using var plan = JsonDocument.Parse(File.ReadAllText(target));
        Assert.Equal(2, plan.RootElement.GetProperty("moves").GetArrayLength());
    }

    [Fact]
    public void Plan_Csv_GivesTheSamePlanAsJson()
    {
        var workers = _scratch.File("w.csv", "id,capacity\nw1,10\nw2,10\n");
        var streams = _scratch.File("s.csv", "owner,id\nw1,s1\n\"w1\",s2\nw1,s3\r\nw1,s4\n");

        var (code, data, _) = _scratch.Run(person: false, "plan", "--workers", workers, "--streams", streams, "--json");

        Assert.Equal(0, code);
        Assert.Equal(Untimed(_scratch.Plan(TwoWorkers).Data), Untimed(data));
    }

    [Theory]
    [InlineData("""{"workers":[{"id":"w1","capacity":10}],"streams":[{"id":"s1","weight":-1}]}""", "streams[0].weight", "-1")]
    [InlineData("""{"workers":[{"id":"w1","capacity":10}],"streams":[{"id":"s1","weight":"NaN"}]}""", "streams[0].weight", "NaN")]
    [InlineData("""{"workers":[{"id":"w1","capacity":10}],"streams":[{"id":"s1","weight":1e999}]}""", "streams[0].weight", "1e999")]
    [InlineData("""{"workers":[{"id":"w1","capacity":0}]}""", "workers[0].capacity", "above 0")]
    [InlineData("""{"workers":[{"id":"w1"}]}""", "workers[0].capacity", "missing")]
    [InlineData("""{"workers":[{"id":"w1","capacity":1},{"id":"w1","capacity":2}]}""", "workers[1].id", "workers[0]")]
    [InlineData("""{"workers":[{"id":"w1","capacity":1}],"streams":[{"id":"a"},{"id":"a"}]}""", "streams[1].id", "streams[0]")]
    [InlineData("""{"workers":[{"id":"w1","capacity":1}],"streams":[{"id":"a","owner":"w9"}]}""", "streams[0].owner", "w9")]
    [InlineData("""{"workers":[{"id":"w1","capacity":1}],"streams":[{"id":"a","pinnedTo":"w9"}]}""", "streams[0].pinnedTo", "w9")]
    [InlineData("""{"workers":[{"id":"w1","capacity":1}],"streams":[{"id":"a","pinnedTo":"w1"},{"id":"b","pinnedTo":"w1"}]}""", "streams[1].pinnedTo", "capacity is 1")]
    [InlineData("""{"workers":[{"id":"w1","capacity":1,"state":"lost"}],"streams":[{"id":"a","pinnedTo":"w1"}]}""", "streams[0].pinnedTo", "lost")]
    [InlineData("""{"workers":[{"id":"w1","capacity":1,"state":"asleep"}]}""", "workers[0].state", "asleep")]
    [InlineData("""{"workers":[{"id":"w1","capacity":1,"performance":1.5}]}""", "workers[0].performance", "1.5")]
    [InlineData("""{"workers":[{"id":"w1","capacity":1,"colour":"red"}]}""", "workers[0].colour", "a field nobody knows")]
    [InlineData("""{"fleet":1}""", "$.fleet", "workers")]
    [InlineData("""{"workers":{}}""", "workers", "an array")]
    [InlineData("""{"workers":[]}""", "workers", "at least one worker")]
    [InlineData("""{"policy":{"band":2},"workers":[{"id":"w1","capacity":1}]}""", "policy.band", "0 to 1")]
    [InlineData("""{"policy":{"movesMax":1.5},"workers":[{"id":"w1","capacity":1}]}""", "policy.movesMax", "whole number")]
    [InlineData("""{"policy":{"band":0.2,"outerBand":0.1},"workers":[{"id":"w1","capacity":1}]}""", "policy.outerBand", "0.1")]
    [InlineData("""{"workers":[{"id":"w.1","capacity":1}]}""", "workers[0].id", "w.1")]
    [InlineData("[]", "$", "an object")]
    [InlineData("""{"workers":[""", "fleet.json is no JSON", "line 1")]
    [InlineData("""{"workers":[],"workers":[]}""", "fleet.json is no JSON", "workers")]
    [Seed("planner.error-handling-with-invalid-data")]
    [Seed("error.data.invalid-json")]
    [Seed("error.data.missing-fields")]
    [Seed("error.data.type-mismatches")]
    public void Plan_BadInput_NamesThePathTheValueAndWhatWouldBeRight(string fleet, string path, string more)
    {
        var (code, data, words) = _scratch.Plan(fleet);

        Assert.Equal(2, code);
        Assert.Empty(data);
        Assert.Contains(path, words, StringComparison.Ordinal);
        Assert.Contains(more, words, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--lose", "w9")]
    [InlineData("--drain", "w9")]
    [InlineData("--join", "w9")]
    [InlineData("--join", "w9:-1")]
    [InlineData("--join", "w1:5")]
    [InlineData("--band", "7")]
    [InlineData("--band", "wide")]
    [InlineData("--band", "NaN")]
    [InlineData("--nonsense", "1")]
    public void Plan_BadFlag_IsRefused(string flag, string value)
    {
        var (code, data, words) = _scratch.Plan(TwoWorkers, flag, value);

        Assert.Equal(2, code);
        Assert.Empty(data);
        Assert.NotEmpty(words);
    }

    [Theory]
    [InlineData("id,capacity\nw1,ten\n", "w.csv[2].capacity")]
    [InlineData("id,size\nw1,10\n", "w.csv[1]")]
    [InlineData("id,capacity\nw1\n", "w.csv[2]")]
    [InlineData("", "w.csv")]
    public void Plan_BadCsv_NamesFileLineAndColumn(string workers, string path)
    {
        var (code, _, words) = _scratch.Run(false, "plan", "--workers", _scratch.File("w.csv", workers), "--streams", _scratch.File("s.csv", "id\ns1\n"));

        Assert.Equal(2, code);
        Assert.Contains(path, words, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_NoFileOrTwoWaysAtOnce_SaysWhatWouldBeRight()
    {
        Assert.Equal(2, _scratch.Run(false, "plan").Code);
        Assert.Equal(2, _scratch.Run(false, "plan", "--input", _scratch.Name("none.json")).Code);
        Assert.Contains("one of them", _scratch.Plan(TwoWorkers, "--workers", _scratch.Name("w.csv")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_FileOfTwoGigabytes_IsRefusedByItsSizeBeforeItIsRead()
    {
        var path = _scratch.Name("huge.json");
        using (var file = File.Create(path))
            file.SetLength(2L << 30);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var (code, _, words) = _scratch.Run(false, "plan", "--input", path);

        Assert.Equal(2, code);
        Assert.Contains("the limit is 536,870,912", words, StringComparison.Ordinal);
        Assert.True(GC.GetTotalAllocatedBytes(precise: true) - before < 50_000_000);
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];

    private static string Untimed(string json) => string.Join('\n', json.Split('\n').Where(line => !line.Contains("elapsedMs", StringComparison.Ordinal)));
}
