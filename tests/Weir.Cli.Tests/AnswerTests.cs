using Weir.Cli.Tests.Live;
using Weir.Testing.Traits;

namespace Weir.Cli.Tests;

/// <summary>What the API refuses becomes an exit code and words, and the key goes where it may go and nowhere else.</summary>
[Integration]
public sealed class AnswerTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(400, 2)]
    [InlineData(401, 5)]
    [InlineData(403, 5)]
    [InlineData(404, 3)]
    [InlineData(409, 7)]
    [InlineData(413, 2)]
    [InlineData(500, 1)]
    [InlineData(503, 4)]
    [InlineData(504, 6)]
    public async Task Problem_WhenAnswered_GivesItsCodeAndWords(int status, int code)
    {
        await using var server = new FixedAnswer(status, "application/problem+json", $$"""{"type":"/problems/x","title":"The title","status":{{status}},"detail":"the detail"}""");

        var (exit, data, words) = RunningFleet.Run(answers: null, "status", "--api", server.Address);

        Assert.Equal(code, exit);
        Assert.Empty(data);
        Assert.Contains("The title: the detail", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_OfSomeOtherServer_IsToldAsSuch()
    {
        await using var server = new FixedAnswer(200, "text/html", "<html></html>");

        var (exit, _, words) = RunningFleet.Run(answers: null, "status", "--api", server.Address);

        Assert.Equal(1, exit);
        Assert.Contains("Is it Weir's API", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_GoesWithAChange_AndNotWithARead()
    {
        await using var server = new FixedAnswer(404, "application/problem+json", "{}");
        var key = _scratch.File("operator.key", "the-key\n");

        RunningFleet.Run(answers: null, "rebalance", "--plan", "--api", server.Address, "--key-file", key);
        var change = server.Heard;
        RunningFleet.Run(answers: null, "workers", "cordon", "w1", "--api", server.Address, "--key-file", key);

        Assert.Contains("Authorization: Bearer the-key", change, StringComparison.Ordinal);
        Assert.DoesNotContain("the-key", server.Heard, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://10.1.2.3:8088", "TLS")]
    [InlineData("ftp://127.0.0.1", "http://127.0.0.1:8088")]
    [InlineData("http://127.0.0.1:8088/api", "without a path")]
    [InlineData("nonsense", "http://127.0.0.1:8088")]
    public void Address_ThatIsNone_OrWouldCarryTheKeyInTheClear_IsRefused(string address, string hint)
    {
        var (exit, _, words) = RunningFleet.Run(answers: null, "status", "--api", address);

        Assert.Equal(2, exit);
        Assert.Contains(hint, words, StringComparison.Ordinal);
    }

    [Fact]
    public void Api_ThatIsNotThere_IsUnhealthy_AndSaysWhatToDo()
    {
        var (exit, _, words) = RunningFleet.Run(answers: null, "status", "--api", "http://127.0.0.1:1");

        Assert.Equal(4, exit);
        Assert.Contains("No answer from the API at", words, StringComparison.Ordinal);
        Assert.Contains("--api", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("streams.yaml", "streams: [{id: a}]", "streams[0].kind is missing")]
    [InlineData("streams.yaml", "streams: [{id: a, kind: k, wieght: 2}]", "wieght is a field nobody knows")]
    [InlineData("streams.yaml", "streams: [{id: a, kind: k, weight: heavy}]", "streams[0].weight")]
    [InlineData("streams.yaml", "streams: [{id: a, kind: k}, {id: a, kind: k}]", "2 times")]
    [InlineData("streams.yaml", "a: [", "no YAML")]
    [InlineData("streams.yaml", "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f,*f]", "too much by its aliases")]
    [InlineData("streams.json", "{\"streams\":[{\"id\":1,\"kind\":\"k\"}]}", "streams[0].id")]
    [InlineData("streams.csv", "id,kind,weight\na,k,-1\n", "weight")]
    [InlineData("streams.txt", "x", ".yaml, .json or .csv")]
    public void File_ThatCannotBeUsed_IsRefusedWithItsPlace(string name, string text, string words)
    {
        var (exit, _, said) = RunningFleet.Run(answers: null, "streams", "add", "-f", _scratch.File(name, text), "--api", "http://127.0.0.1:1");

        Assert.Equal(2, exit);
        Assert.Contains(words, said, StringComparison.Ordinal);
    }
}
