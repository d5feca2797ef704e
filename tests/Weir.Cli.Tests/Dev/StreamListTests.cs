using System.Text;
using System.Text.RegularExpressions;
using Weir.Testing.Traits;

namespace Weir.Cli.Tests.Dev;

/// <summary>`weir dev --streams FILE` with lists that are none, and with one that Registry does not take.</summary>
[Integration]
[Slow]
public sealed class StreamListTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(10);

    private readonly Scratch _scratch = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("a.m3u", "#EXTM3U\nhttp://a.example/\n\u0001\u0002\u0003 nonsense\n", 3, "is no address: give one such as http://radio.example/live")]
    [InlineData("a.m3u", "#EXTM3U\n/srv/music/one.mp3\n", 2, "only http and https are")]
    [InlineData("a.m3u8", "#EXTM3U\n#EXTINF:-1,One\nhttp://[::1\n", 3, "is no address")]
    [InlineData("a.pls", "\u0001\u0002\u0003", 1, "begins with [playlist]")]
    [InlineData("a.pls", "[playlist]\nFile1=nonsense\n", 2, "is no address")]
    [InlineData("a.pls", "[playlist]\nnonsense\n", null, "names no station; give lines such as File1=http://radio.example/live")]
    [InlineData("a.csv", "\u0001\u0002\u0003\n", 1, "no column 'id'; give one such as id,url,country")]
    [InlineData("a.csv", "id,url\none,http://a.example/\ntwo;http://b.example/\n", 3, "1 values, and the heading 2 columns")]
    [InlineData("a.csv", "id;url\none;http://a.example/\n", 1, "give one such as id,url,country")]
    [InlineData("a.csv", "id,url\none,\"http://a.example/\n", 2, "not closed")]
    [InlineData("a.json", "\u0001\u0002\u0003", 1, "it is no JSON")]
    [InlineData("a.json", "[\n{\"id\":\"one\",\"url\":\"http://a.example/\"}\n{\"id\":\"two\"}]", 3, "it is no JSON")]
    [InlineData("a.json", "[\n{\"id\":\"one\",\"url\":7}]", 2, "'url' is missing or no text")]
    [InlineData("a.json", "{\"id\":\"one\"}", 1, "it is no list; give [{\"id\":…,\"url\":…}]")]
    [InlineData("a.csv", "", null, "names no station; give a heading such as id,url,country")]
    [InlineData("a.m3u", "", null, "names no station; give lines such as http://radio.example/live")]
    [InlineData("a.json", "[]", null, "names no station; give [{\"id\":…,\"url\":…}]")]
    [InlineData("a.txt", "http://a.example/", null, ".m3u, .m3u8, .pls, .csv and .json")]
    public async Task Dev_ListThatIsNone_EndsWith2_AndNamesTheLineAndWhatIsRight(string name, string text, int? line, string right)
    {
        var list = _scratch.File(name, text);

        await using var dev = DevProgram.Start("--streams", list, "--port", "0", "--data", _scratch.Name("data"));
        var code = await dev.EndsAsync(AtOnce, Cancel);

        Assert.True(code == 2, $"{code}: {dev.Said}");
        Assert.StartsWith(line is { } number ? $"{list}, line {number}: " : $"{list}: ", dev.Said, StringComparison.Ordinal);
        Assert.Contains(right, dev.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(dev.Said, letter => char.IsControl(letter) && letter is not ('\n' or '\r'));
        Assert.False(Directory.Exists(_scratch.Name("data")));
    }

    [Theory]
    [InlineData(".m3u")]
    [InlineData(".pls")]
    [InlineData(".csv")]
    [InlineData(".json")]
    public async Task Dev_ListOfRandomBytes_EndsWith2AndWords(string ending)
    {
        var list = _scratch.File($"noise{ending}", "");
        var bytes = new byte[4096];
        new Random(20260101).NextBytes(bytes);
        await File.WriteAllBytesAsync(list, bytes, Cancel);

        await using var dev = DevProgram.Start("--streams", list, "--port", "0", "--data", _scratch.Name("data"));

        Assert.Equal(2, await dev.EndsAsync(AtOnce, Cancel));
        Assert.StartsWith($"{list}, line ", dev.Said, StringComparison.Ordinal);
        Assert.InRange(dev.Said.Length, 1, 1_000);
    }

    [Fact]
    public async Task Dev_ListThatRegistryRefuses_SaysHowManyAndWhy_AndAgainAtTheEnd()
    {
        var list = _scratch.File("stations.csv", "id,url\n" + string.Concat(Enumerable.Range(1, 9).Select(number => $"s{number},http://127.0.0.1:1/{number}\n")));
        await using (var first = DevProgram.Start("--port", "0", "--workers", "1", "--data", _scratch.Name("data")))
        {
            await first.SaysAsync("1 workers live", Soon, Cancel);
            await DeclareElsewhereAsync(first, 7);
            await first.TellAsync("q");
            Assert.Equal(0, await first.EndsAsync(StopMax, Cancel));
        }

        await using var dev = DevProgram.Start("--streams", list, "--workers", "1", "--port", "0", "--data", _scratch.Name("data"));
        var at = await dev.SaysAsync("nothing of it was declared, for 7 of 9 cannot be taken: s1, s2, s3, s4, s5 and 2 more", Soon, Cancel);
        at = await dev.SaysAsync("another pool has it: withdraw it there first", Soon, Cancel, at);
        await dev.TellAsync("q");

        Assert.Equal(1, await dev.EndsAsync(StopMax, Cancel));
        Assert.Contains("nothing of it was declared", dev.Said[at..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dev_ListOfLongAddresses_IsTakenInPartsThatFit()
    {
        var list = _scratch.File("long.csv", "id,url\n" + string.Concat(Enumerable.Range(1, 300).Select(number => $"s{number},http://127.0.0.1:1/{number}-{new string('x', 1_200)}\n")));

        await using var dev = DevProgram.Start("--streams", list, "--workers", "1", "--port", "0", "--data", _scratch.Name("data"));
        await dev.SaysAsync("300 streams: ", Soon, Cancel);
        await dev.TellAsync("q");

        Assert.Equal(0, await dev.EndsAsync(StopMax, Cancel));
    }

    private async Task DeclareElsewhereAsync(DevProgram dev, int count)
    {
        var address = Regex.Match(dev.Said, @"http://127\.0\.0\.1:\d+", RegexOptions.None, Soon).Value;
        using var http = new HttpClient { Timeout = Soon };
        http.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(_scratch.Name("data"), "operator.key"), Cancel)).Trim());
        for (var number = 1; number <= count; number++)
        {
            using var body = new StringContent("""{"kind":"radio","pool":"other"}""", Encoding.UTF8, "application/json");
            using var answer = await http.PutAsync(new Uri($"{address}/api/v1/streams/s{number}"), body, Cancel);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        }
    }
}
