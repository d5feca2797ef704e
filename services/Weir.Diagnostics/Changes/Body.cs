using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Problems;

namespace Weir.Diagnostics.Changes;

/// <summary>Reads a body: JSON, bounded, and no field that means nothing.</summary>
internal static class Body
{
    /// <summary>The most that a body may hold: 256 KB.</summary>
    internal const int BytesMax = 256 * 1024;

    private static readonly JsonSerializerOptions Strict = new(ApiJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    internal static async Task<T> ReadAsync<T>(HttpRequest request, CancellationToken cancel)
        where T : class
    {
        if (!request.HasJsonContentType()) throw new RefusedException(ProblemKind.NotJson, $"The body's type is {(request.ContentType is { Length: > 0 } type ? type[..Math.Min(type.Length, 60)] : "not said")}; application/json is right");
        if (request.ContentLength > BytesMax) throw new RefusedException(ProblemKind.TooLarge, $"The body holds {request.ContentLength} bytes; at most {BytesMax} are right");
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, Strict, cancel) ?? throw Refuse.Field("body", "null", "a JSON object is right");
        }
        catch (JsonException unreadable)
        {
            var field = unreadable.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : "body";
            throw new RefusedException(ProblemKind.Invalid, $"{field} cannot be read: {Plain(unreadable)}", field, right: "JSON as /openapi/v1.json describes it", inner: unreadable);
        }
    }

    /// <summary>As <see cref="ReadAsync{T}"/>, of a body that may be left out.</summary>
    internal static Task<T> ReadOrAsync<T>(HttpRequest request, T otherwise, CancellationToken cancel)
        where T : class =>
        request.ContentLength is null or 0 && request.ContentType is null ? Task.FromResult(otherwise) : ReadAsync<T>(request, cancel);

    // The message's tail repeats path and place.
    private static string Plain(JsonException unreadable)
    {
        var cut = unreadable.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        var words = cut > 0 ? unreadable.Message[..cut] : unreadable.Message;
        return unreadable.LineNumber is { } line ? $"{words} (line {line + 1})" : words;
    }
}
