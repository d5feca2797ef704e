using Weir.Testing.Traits;
using Weir.Worker.Radio.Tests.Stage;
using Weir.Worker.Radio.Tuning;

namespace Weir.Worker.Radio.Tests.Hostile;

/// <summary>The way from an address to sound, and all the ways that lead elsewhere.</summary>
[Integration]
public sealed class TuningTests : IAsyncLifetime
{
    private readonly StationStage _stage = new();

    private HostileServer Server => _stage.Server;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData("ICY 200 OK\r\nicy-notice1:<BR>This stream requires Winamp<BR>\r\nicy-name:Old\r\nContent-Type:audio/mpeg\r\nicy-metaint:8192\r\n\r\n", 8192)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Type: audio/aacp\r\nicy-metaint: 16000\r\n\r\n", 16000)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nicy-metaint: 0\r\n\r\n", null)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", null)]
    public async Task Tune_Sound_IsFoundWithItsTitles(string header, int? titleEvery)
    {
        var address = Server.Answers("/live", async (to, cancel) =>
        {
            await Server.SayAsync(to, header, cancel);
            await Server.SendAsync(to, Sound.Second, cancel);
            await HostileServer.HangAsync(to, cancel);
        });

        using var tuned = await _stage.Tuner.TuneAsync(address, TestContext.Current.CancellationToken);

        Assert.Equal(titleEvery, (int?)tuned.TitleEvery);
        Assert.Equal([0xFF, 0xFB], tuned.First[..2].ToArray());
        Assert.Contains("Icy-MetaData: 1", Server.LastRequest, StringComparison.Ordinal);
        Assert.DoesNotContain("traceparent", Server.LastRequest, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Tune_PlaylistInPlaylistThroughRedirects_LeadsToSound()
    {
        Plays("/live");
        Server.Says("/moved", "HTTP/1.1 302 Found\r\nLocation: /live\r\n\r\n");
        Server.Says("/two.m3u", $"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n#EXTM3U\n#EXTINF:-1,x\n/gone\n{Server.At("/moved")}\n");
        var address = Server.Says("/one.pls", $"HTTP/1.1 200 OK\r\nContent-Type: audio/x-scpls\r\n\r\n[playlist]\nNumberOfEntries=1\nFile1={Server.At("/two.m3u")}\n");

        using var tuned = await _stage.Tuner.TuneAsync(address, TestContext.Current.CancellationToken);

        Assert.Equal(Server.At("/live"), tuned.At);
        Assert.Equal(1, Server.Asked("/gone"));
    }

    [Fact]
    public async Task Tune_RedirectInACircle_Ends()
    {
        Server.Says("/b", "HTTP/1.1 301 Moved\r\nLocation: /a\r\n\r\n");

        var fault = await _stage.FaultAsync(Server.Says("/a", "HTTP/1.1 301 Moved\r\nLocation: /b\r\n\r\n"));

        Assert.Equal(TuningFault.Loop, fault.Fault);
        Assert.Equal(2, Server.AskedInAll);
    }

    [Fact]
    public async Task Tune_RedirectsForEver_EndAfterTwelve()
    {
        var step = 0;
        Server.Answers("*", (to, cancel) => Server.SayAsync(to, $"HTTP/1.1 307 On\r\nLocation: /{++step}\r\n\r\n", cancel));

        Assert.Equal(TuningFault.Loop, (await _stage.FaultAsync(Server.At("/0"))).Fault);
        Assert.Equal(12, Server.AskedInAll);
    }

    [Fact]
    public async Task Tune_PlaylistsThatFanOut_EndAfterTwelve()
    {
        var step = 0;
        Server.Answers("*", (to, cancel) => Server.SayAsync(
            to, $"HTTP/1.1 200 OK\r\nContent-Type: audio/x-mpegurl\r\n\r\n{string.Concat(Enumerable.Range(0, 10).Select(_ => $"/{++step}\n"))}", cancel));

        Assert.Equal(TuningFault.Loop, (await _stage.FaultAsync(Server.At("/0"))).Fault);
        Assert.Equal(12, Server.AskedInAll);
    }

    [Fact]
    public async Task Tune_PlaylistWithoutEnd_EndsAfter64Kilobytes()
    {
        var address = Server.Answers("/endless.m3u", async (to, cancel) =>
        {
            await Server.SayAsync(to, "HTTP/1.1 200 OK\r\nContent-Type: audio/x-mpegurl\r\n\r\n#EXTM3U\n", cancel);
            while (true)
                await Server.SayAsync(to, "# on and on and on and on and on and on and on\n", cancel);
        });

        Assert.Equal(TuningFault.Playlist, (await _stage.FaultAsync(address)).Fault);
        Assert.InRange(Server.Sent, 64_000, 8_000_000); // what the system's own buffers took is not ours
    }

    [Fact]
    public async Task Tune_PlaylistOfManyEntries_TheFirstTenAreAsked()
    {
        var entries = string.Concat(Enumerable.Range(1, 50).Select(number => $"/gone/{number}\n"));

        var fault = await _stage.FaultAsync(Server.Says("/many.m3u", $"HTTP/1.1 200 OK\r\nContent-Type: audio/x-mpegurl\r\n\r\n#EXTM3U\n{entries}"));

        Assert.Equal(TuningFault.Refused, fault.Fault);
        Assert.Equal(11, Server.AskedInAll);
        Assert.Equal((1, 0), (Server.Asked("/gone/10"), Server.Asked("/gone/11")));
    }

    [Fact]
    public async Task Tune_CookiesAndKeptConnections_AreNotForStations()
    {
        Plays("/live");
        var address = Server.Says("/moved", "HTTP/1.1 302 Found\r\nSet-Cookie: who=you; Path=/\r\nContent-Length: 0\r\nLocation: /live\r\n\r\n");

        using var tuned = await _stage.Tuner.TuneAsync(address, TestContext.Current.CancellationToken);

        Assert.Equal(1, Server.Asked("/live"));
        Assert.DoesNotContain("Cookie", Server.LastRequest, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Connection: close", Server.LastRequest, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A proxy would connect in our place, to where the guard lets nobody.</summary>
    [Fact]
    public async Task Tune_ProxyOfTheEnvironment_IsNotAsked()
    {
        await using var proxy = new HostileServer();
        Plays("/live");
        var before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new ProxyOfOne(Server.At("/"), proxy.At("/"));
        try
        {
            using var tuned = await _stage.Tuner.TuneAsync(Server.At("/live"), TestContext.Current.CancellationToken);
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }

        Assert.Equal((0, 1), (proxy.AskedInAll, Server.Asked("/live")));
    }

    [Theory]
    [InlineData("#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:4,\nsegment.ts\n", "HLS")]
    [InlineData("#EXTM3U\n", "names no address")]
    [InlineData("[playlist]\nTitle1=x\n", "names no address")]
    public async Task Tune_PlaylistThatLeadsNowhere_SaysWhy(string playlist, string why)
    {
        var fault = await _stage.FaultAsync(Server.Says("/x", $"HTTP/1.1 200 OK\r\nContent-Type: application/vnd.apple.mpegurl\r\n\r\n{playlist}"));

        Assert.Equal(TuningFault.Playlist, fault.Fault);
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html", "<!DOCTYPE html><html></html>")]
    [InlineData("audio/mpeg", "<html><body>moved</body></html>")]
    [InlineData("audio/mpeg", "{\"error\":\"none\"}")]
    [InlineData("audio/mpeg", "\u001f\u008b\u0008bomb")]
    [InlineData("application/octet-stream", "some text that is no sound")]
    [InlineData("video/mp4", "ftyp")]
    [InlineData("image/png", "\u0089PNG")]
    public async Task Tune_SomethingElseThanSound_IsRefused(string type, string body) =>
        Assert.Equal(TuningFault.NotAudio, (await _stage.FaultAsync(Server.Says("/x", $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\n\r\n{body}"))).Fault);

    [Theory]
    [InlineData("Content-Encoding: gzip")]
    [InlineData("Content-Encoding: br")]
    [InlineData("icy-metaint: 999999999999")]
    [InlineData("icy-metaint: -5")]
    [InlineData("icy-metaint: 1 GB")]
    public async Task Tune_HeaderThatCannotBe_IsRefused(string header) =>
        Assert.Equal(TuningFault.NotAudio, (await _stage.FaultAsync(Server.Says("/x", $"HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\n{header}\r\n\r\n{new string('\u00ff', 600)}"))).Fault);

    [Fact]
    public async Task Tune_HeadersWithoutEnd_EndAfter16Kilobytes()
    {
        var address = Server.Answers("/x", async (to, cancel) =>
        {
            await Server.SayAsync(to, "HTTP/1.1 200 OK\r\n", cancel);
            for (var header = 0; ; header++)
                await Server.SayAsync(to, $"X-{header}: {new string('x', 200)}\r\n", cancel);
        });

        Assert.Equal(TuningFault.Unreachable, (await _stage.FaultAsync(address)).Fault);
        Assert.InRange(Server.Sent, 16_000, 8_000_000); // what the system's own buffers took is not ours
    }

    [Theory]
    [InlineData("nothing that is HTTP\r\n\r\n", TuningFault.Unreachable)]
    [InlineData("", TuningFault.Unreachable)]
    [InlineData("ICY 401 Service Unavailable\r\n\r\n", TuningFault.Refused)]
    [InlineData("HTTP/1.1 404 Not Found\r\n\r\n", TuningFault.Refused)]
    [InlineData("HTTP/1.1 302 Found\r\n\r\n", TuningFault.Loop)]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n", TuningFault.Address)]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: gopher://127.0.0.1/\r\n\r\n", TuningFault.Address)]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://user:password@127.0.0.1/\r\n\r\n", TuningFault.Address)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: audio/x-mpegurl\r\n\r\nfile:///etc/passwd\n", TuningFault.Address)]
    public async Task Tune_AnswerThatLeadsNowhere_IsOfItsKind(string answer, object fault) => Assert.Equal(fault, (await _stage.FaultAsync(Server.Says("/x", answer))).Fault);

    [Fact]
    public async Task Tune_NobodyListens_IsUnreachable()
    {
        var address = Server.At("/x");
        await Server.DisposeAsync();

        Assert.Equal(TuningFault.Unreachable, (await _stage.FaultAsync(address)).Fault);
    }

    [Fact]
    public async Task Tune_NobodyTakesTheConnection_IsGivenUpInTime()
    {
        await using var stage = new StationStage(options => options.ConnectFor = TimeSpan.FromMilliseconds(300));
        using var full = new FullDoor();
        var address = stage.Server.Says("/x.m3u", $"HTTP/1.1 200 OK\r\nContent-Type: audio/x-mpegurl\r\n\r\n{full.Address}\n");

        Assert.Equal(TuningFault.TooLate, (await stage.FaultAsync(address)).Fault);
    }

    [Theory]
    [InlineData("HTTP/1.1 404 \u001b[31mred\u0007\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nicy-metaint: \u001b[31mred\r\n\r\nxxxxx")]
    [InlineData("\u001b[31mno status line\r\n\r\n")]
    public async Task Tune_WordsOfTheStation_AreMadeFitForALog(string answer)
    {
        var fault = await _stage.FaultAsync(Server.Says("/x", answer));

        Assert.DoesNotContain(fault.Message, char.IsControl);
        Assert.InRange(fault.Message.Length, 1, 400);
    }

    private void Plays(string path) => Server.Answers(path, async (to, cancel) =>
    {
        await Server.SayAsync(to, Sound.Plain, cancel);
        await Server.SendAsync(to, Sound.Second, cancel);
        await HostileServer.HangAsync(to, cancel);
    });
}
