using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Diagnostics.Tests;

/// <summary>The document says what is there.</summary>
[Unit]
[Slow]
public sealed class DocumentTests(SqliteStage stage) : IClassFixture<SqliteStage>
{
    [Fact]
    public async Task Document_When_compared_with_the_routes_Then_neither_has_more()
    {
        var document = await DocumentAsync();
        var told = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}")).Order(StringComparer.Ordinal);
        var mapped = stage.Api.Of<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.StartsWith(ApiRoutes.Base, StringComparison.Ordinal))
            .SelectMany(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {route.RoutePattern.RawText}")).Order(StringComparer.Ordinal);

        Assert.Equal(mapped, told);
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_When_compared_with_the_constants_Then_every_route_is_there()
    {
        var paths = (await DocumentAsync()).GetProperty("paths").EnumerateObject().Select(path => path.Name).ToHashSet();

        Assert.All(
            typeof(ApiRoutes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!).Where(path => path.StartsWith(ApiRoutes.Base + "/", StringComparison.Ordinal)),
            path => Assert.Contains(path, paths));
    }

    [Fact]
    public async Task Document_When_read_Then_every_operation_has_a_name_words_and_its_problems_and_changes_need_the_key()
    {
        foreach (var path in (await DocumentAsync()).GetProperty("paths").EnumerateObject())
        {
            foreach (var method in path.Value.EnumerateObject())
            {
                var operation = method.Value;
                Assert.False(string.IsNullOrEmpty(operation.GetProperty("operationId").GetString()), path.Name);
                Assert.False(string.IsNullOrEmpty(operation.GetProperty("summary").GetString()), path.Name);
                Assert.Contains(operation.GetProperty("responses").EnumerateObject(), answer => answer.Name.StartsWith('5'));
                Assert.Equal(method.Name != "get", operation.TryGetProperty("security", out _));
            }
        }
    }

    [Fact]
    public async Task Document_When_read_Then_enums_are_the_names_that_answers_hold()
    {
        var schema = (await DocumentAsync()).GetProperty("components").GetProperty("schemas").GetProperty("StreamState").GetProperty("enum");

        Assert.Equal(["running", "starting", "unowned", "quarantined", "paused"], schema.EnumerateArray().Select(name => name.GetString()));
    }

    [Theory]
    [InlineData(ApiRoutes.HealthLive)]
    [InlineData(ApiRoutes.HealthReady)]
    [InlineData(ApiRoutes.HealthStartup)]
    public async Task Health_When_all_is_well_Then_one_word_is_told(string path)
    {
        var (status, text, _) = await stage.Api.Http.SendAsync(HttpMethod.Get, path);

        Assert.Equal((System.Net.HttpStatusCode.OK, "Healthy"), (status, text));
    }

    private async Task<JsonElement> DocumentAsync() => JsonElement.Parse((await stage.Api.Http.SendAsync(HttpMethod.Get, ApiRoutes.Document)).Text);
}
