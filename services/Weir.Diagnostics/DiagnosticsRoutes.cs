using Microsoft.AspNetCore.Routing;

namespace Weir.Diagnostics;

/// <summary>The routes of the API.</summary>
public static class DiagnosticsRoutes
{
    /// <summary>Maps every route of <see cref="Api.ApiRoutes"/>.</summary>
    /// <param name="routes">A web application, or a group of it.</param>
    public static IEndpointRouteBuilder MapWeirApi(this IEndpointRouteBuilder routes) => routes;
}
