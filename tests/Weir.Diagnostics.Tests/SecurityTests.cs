using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Weir.Diagnostics.Access;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Diagnostics.Tests;

/// <summary>Who is answered: this machine, and for a change whoever has the key.</summary>
[Unit]
[Slow]
public sealed class SecurityTests(SqliteStage stage) : IClassFixture<SqliteStage>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Changes => new()
    {
        { "PUT", "/api/v1/streams/s-01" },
        { "DELETE", "/api/v1/streams/s-01" },
        { "POST", "/api/v1/streams/s-01/pause" },
        { "POST", "/api/v1/streams/s-01/resume" },
        { "POST", "/api/v1/streams:batch" },
        { "POST", "/api/v1/workers/w1/drain" },
        { "POST", "/api/v1/workers/w1/cordon" },
        { "POST", "/api/v1/workers/w1/uncordon" },
        { "DELETE", "/api/v1/workers/w1" },
        { "POST", "/api/v1/rebalance?dryRun=true" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Change_When_the_key_is_missing_or_wrong_Then_it_is_refused(string method, string path)
    {
        var problem = await stage.Api.Http.RefusedAsync(new HttpMethod(method), path, HttpStatusCode.Unauthorized);
        Assert.Equal("/problems/key-needed", problem.Type);
        using var wrong = new HttpClient { BaseAddress = stage.Api.Address };
        wrong.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", new string('A', 43));
        await wrong.RefusedAsync(new HttpMethod(method), path, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task KeyFile_When_it_was_made_Then_its_owner_alone_reads_32_random_bytes()
    {
        var key = (await File.ReadAllTextAsync(stage.Api.KeyFile, Cancel)).Trim();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(stage.Api.KeyFile));
        Assert.Equal(32, System.Buffers.Text.Base64Url.DecodeFromChars(key).Length);
        Assert.Equal((key, false), KeyFile.Open(stage.Api.KeyFile));
        Assert.Equal([stage.Api.KeyFile], Directory.GetFiles(stage.Api.Folder, "operator.key*"));
    }

    [Fact]
    public async Task KeyFile_When_many_make_it_at_once_Then_all_have_the_same()
    {
        var folder = Path.Combine(stage.Api.Folder, "deep");
        for (var race = 0; race < 20; race++)
        {
            var path = Path.Combine(folder, $"race{race}.key");

            var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => KeyFile.Open(path), Cancel)));

            Assert.Single(keys.Select(key => key.Key).Distinct());
            Assert.Single(keys, key => key.IsNew);
            Assert.Equal(race + 1, Directory.GetFiles(folder).Length);
        }
    }

    [Theory]
    [InlineData("too short", UnixFileMode.UserRead | UnixFileMode.UserWrite, "delete it")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, "chmod 600")]
    public void KeyFile_When_it_cannot_be_trusted_Then_the_start_is_refused_in_words(string text, UnixFileMode mode, string words)
    {
        var path = Path.Combine(stage.Api.Folder, $"bad{words.Length}");
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, mode);

        var refused = Assert.Throws<KeyFileRefusedException>(() => KeyFile.Open(path));

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(text, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:8088")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("169.254.1.1")]
    public async Task Request_When_its_host_is_not_of_this_machine_Then_nothing_is_answered(string host)
    {
        foreach (var path in (string[])[ApiRoutes.Status, ApiRoutes.Document, ApiRoutes.HealthLive])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            request.Headers.Host = host;
            using var response = await stage.Api.Http.SendAsync(request, Cancel);

            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("localhost:1")]
    [InlineData("[::1]")]
    [InlineData("127.0.0.1")]
    public async Task Request_When_its_host_is_of_this_machine_Then_it_is_answered(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(ApiRoutes.Status, UriKind.Relative));
        request.Headers.Host = host;
        using var response = await stage.Api.Http.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    public async Task Program_When_it_is_to_listen_elsewhere_Then_it_refuses_in_words(string url)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => ApiHost.StartAsync(url: url));

        Assert.Contains("loopback address alone", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_When_it_is_too_large_not_json_or_of_another_shape_Then_the_problem_names_it()
    {
        using var http = await stage.Api.OperatorAsync();
        const string path = "/api/v1/streams/s-01";

        await http.RefusedAsync(HttpMethod.Put, path, HttpStatusCode.RequestEntityTooLarge, new StringContent(new string(' ', 300_000), Encoding.UTF8, "application/json"));
        await http.RefusedAsync(HttpMethod.Put, path, HttpStatusCode.UnsupportedMediaType, new StringContent("kind=radio", Encoding.UTF8, "application/x-www-form-urlencoded"));
        await http.RefusedAsync(HttpMethod.Put, path, HttpStatusCode.UnsupportedMediaType);
        var wrong = await http.RefusedAsync(HttpMethod.Put, path, HttpStatusCode.BadRequest, new StringContent("""{"kind":"radio","weight":"heavy"}""", Encoding.UTF8, "application/json"));
        Assert.Equal("weight", wrong.Field);
        var unknown = await http.RefusedAsync(HttpMethod.Put, path, HttpStatusCode.BadRequest, new StringContent("""{"kind":"radio","wieght":2}""", Encoding.UTF8, "application/json"));
        Assert.Contains("wieght", unknown.Detail, StringComparison.Ordinal);
        await http.RefusedAsync(HttpMethod.Put, path, HttpStatusCode.BadRequest, new StringContent("{", Encoding.UTF8, "application/json"));
    }

    [Fact]
    public async Task Body_When_it_comes_in_chunks_beyond_the_limit_Then_it_is_refused_as_too_large()
    {
        using var http = await stage.Api.OperatorAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri("/api/v1/streams/s-01", UriKind.Relative));
        request.Headers.TransferEncodingChunked = true;
        request.Content = new StringContent("{\"kind\":\"" + new string('x', 300_000) + "\"}", Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/api/v1/streams?limit=0", "limit")]
    [InlineData("GET", "/api/v1/streams?limit=201", "limit")]
    [InlineData("GET", "/api/v1/streams?limit=x", "limit")]
    [InlineData("GET", "/api/v1/streams?state=gone", "state")]
    [InlineData("GET", "/api/v1/streams?sort=colour", "sort")]
    [InlineData("GET", "/api/v1/streams?cursor=abc", "cursor")]
    [InlineData("GET", "/api/v1/streams?label=city", "label")]
    [InlineData("GET", "/api/v1/streams?wroker=w1", "wroker")]
    [InlineData("GET", "/api/v1/streams?q=%00", "q")]
    [InlineData("GET", "/api/v1/streams/-bad", "id")]
    [InlineData("GET", "/api/v1/workers/a_b", "id")]
    [InlineData("GET", "/api/v1/plans/default:x", "id")]
    [InlineData("GET", "/api/v1/migrations?state=moving", "state")]
    [InlineData("GET", "/api/v1/status?deep=1", "deep")]
    [InlineData("POST", "/api/v1/rebalance", "dryRun")]
    [InlineData("POST", "/api/v1/rebalance?dryRun=maybe", "dryRun")]
    public async Task Parameter_When_it_is_not_right_Then_the_problem_names_field_value_and_what_is(string method, string path, string field)
    {
        using var http = await stage.Api.OperatorAsync();

        var problem = await http.RefusedAsync(new HttpMethod(method), path, HttpStatusCode.BadRequest);

        Assert.Equal(field, problem.Field);
        Assert.False(string.IsNullOrEmpty(problem.Right));
    }

    [Theory]
    [InlineData("GET", "/api/v1/nowhere", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/streams/none", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/streams/none/explain", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/workers/none", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/api/v1/streams/none", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/v1/workers/none/drain", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/v1/streams/none/pause", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/v1/rebalance?dryRun=true&pool=none", HttpStatusCode.NotFound)]
    [InlineData("PATCH", "/api/v1/streams/s-01", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/api/v1/status", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/api/v1/workers/w1", HttpStatusCode.Conflict)]
    public async Task Request_When_it_cannot_be_done_Then_the_status_says_so(string method, string path, HttpStatusCode status)
    {
        using var http = await stage.Api.OperatorAsync();

        await http.RefusedAsync(new HttpMethod(method), path, status);
    }
}
