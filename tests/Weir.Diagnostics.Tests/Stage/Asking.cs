using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Weir.Diagnostics.Api;

namespace Weir.Diagnostics.Tests.Stage;

/// <summary>Asks and checks what every answer has in common.</summary>
internal static class Asking
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static async Task<T> GetAsync<T>(this HttpClient http, string path)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"GET {path}: {response.StatusCode} {text}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return JsonSerializer.Deserialize<T>(text, ApiJson.Options)!;
    }

    internal static async Task<(HttpStatusCode Status, string Text, Uri? Location)> SendAsync(this HttpClient http, HttpMethod method, string path, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is HttpContent content) request.Content = content;
        else if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: ApiJson.Options);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await http.SendAsync(request, Cancel);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancel), response.Headers.Location);
    }

    internal static async Task<T> DoAsync<T>(this HttpClient http, HttpMethod method, string path, HttpStatusCode expected, object? body = null, string? key = null)
    {
        var (status, text, _) = await http.SendAsync(method, path, body, key);
        Assert.True(status == expected, $"{method} {path}: {status} {text}");
        return JsonSerializer.Deserialize<T>(text, ApiJson.Options)!;
    }

    /// <summary>A request that is refused, with a problem document.</summary>
    internal static async Task<Problem> RefusedAsync(this HttpClient http, HttpMethod method, string path, HttpStatusCode expected, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is HttpContent content) request.Content = content;
        else if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: ApiJson.Options);
        using var response = await http.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.StatusCode == expected, $"{method} {path}: {response.StatusCode} {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize<Problem>(text, ApiJson.Options)!;
        Assert.Equal((int)expected, problem.Status);
        Assert.StartsWith("/problems/", problem.Type, StringComparison.Ordinal);
        using var page = await http.GetAsync(new Uri(problem.Type, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return problem;
    }
}
