using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Problems;

namespace Weir.Diagnostics.Routes;

/// <summary>Health for probes, in one word each, and the pages of the problems.</summary>
internal static class HealthRoutes
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks(ApiRoutes.HealthLive, new HealthCheckOptions { Predicate = _ => false });
        routes.MapHealthChecks(ApiRoutes.HealthReady, new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
        routes.MapGet(ApiRoutes.HealthStartup, (IHostApplicationLifetime life) => life.ApplicationStarted.IsCancellationRequested
            ? Results.Text("Healthy")
            : Results.Text("Starting", statusCode: StatusCodes.Status503ServiceUnavailable)).ExcludeFromDescription();
        routes.MapGet(ApiRoutes.ProblemPage, Page).ExcludeFromDescription();
    }

    private static IResult Page(string name)
    {
        var kind = ProblemKind.All.FirstOrDefault(kind => kind.Name == name);
        return kind is null ? Results.NotFound() : Results.Text($"{kind.Title} ({kind.Status})\n\n{kind.Help}\n", "text/plain", Encoding.UTF8);
    }
}
