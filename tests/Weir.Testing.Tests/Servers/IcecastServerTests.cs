using System.Net;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Testing.Tests.Servers;

[Integration]
[Slow]
public sealed class IcecastServerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Icecast_FedKilledAndStartedAgain_HasItsMountsOnlyWhileTheyAreFed()
    {
        Assert.SkipUnless(IcecastServer.Obstacle is null, IcecastServer.Obstacle ?? "");
        await using var icecast = await IcecastServer.StartAsync(TimeSpan.FromSeconds(10), Cancel);
        await using var source = await icecast.FeedAsync("/one", Cancel);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(icecast, "/one"));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(icecast, "/two"));

        await icecast.KillAsync(Cancel);
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(icecast, "/one"));
        await icecast.RestartAsync(Cancel);

        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(icecast, "/one"));
        await using var again = await icecast.FeedAsync("/one", Cancel, bySourceMethod: true);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(icecast, "/one"));
    }

    private static async Task<HttpStatusCode> AskAsync(IcecastServer icecast, string mount)
    {
        using var http = new HttpClient { Timeout = Patience.Seconds(10) };
        using var answer = await http.GetAsync(icecast.Mount(mount), HttpCompletionOption.ResponseHeadersRead, Cancel);
        return answer.StatusCode;
    }
}
