using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Weir.Diagnostics.Api;

namespace Weir.Diagnostics.Routes;

/// <summary>Answers as JSON, and what a route may answer besides.</summary>
internal static class Answer
{
    internal static IResult Ok<T>(T body) => Results.Json(body, ApiJson.Options);

    internal static IResult Created<T>(HttpResponse response, string at, T body)
    {
        response.Headers.Location = at;
        return Results.Json(body, ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    internal static IResult Accepted(HttpResponse response, string? key, string look, string words)
    {
        response.Headers.Location = look;
        return Results.Json(new Accepted(key, look, words), ApiJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>Says in the document which problems a route may answer with.</summary>
    internal static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params IEnumerable<int> statuses)
    {
        foreach (var status in statuses) route.Produces<Problem>(status, "application/problem+json");
        return route;
    }
}
