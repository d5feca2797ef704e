using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Weir.Diagnostics.Api;

namespace Weir.Diagnostics.Problems;

/// <summary>Writes a problem as the answer.</summary>
internal static class ProblemWriter
{
    private const string RetryAfterSeconds = "2";

    internal static async Task WriteAsync(HttpContext http, RefusedException refused)
    {
        if (http.Response.HasStarted) return;
        var allowed = http.Response.Headers.Allow;
        http.Response.Clear();
        if (allowed.Count > 0) http.Response.Headers.Allow = allowed;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.StatusCode = refused.Kind.Status;
        http.Response.ContentType = "application/problem+json";
        http.Response.Headers.CacheControl = "no-store";
        if (refused.Kind.Status == StatusCodes.Status503ServiceUnavailable) http.Response.Headers.RetryAfter = RetryAfterSeconds;
        if (refused.Kind == ProblemKind.KeyNeeded) http.Response.Headers.WWWAuthenticate = "Bearer realm=\"weir\"";
        // Whoever gave up cannot be told; the request's own token may be over already.
        await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(refused.Problem, ApiJson.Options), CancellationToken.None);
    }
}
