using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Checking;
using Weir.Diagnostics.Reading;
using Weir.Persistence.Stores;

namespace Weir.Diagnostics.Routes;

internal static class StatusRoutes
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ApiRoutes.Status, StatusAsync)
            .WithName("getStatus").WithTags("status").WithSummary("All that an operator needs at a glance").Produces<FleetStatus>().Refuses(503, 504);
        routes.MapGet(ApiRoutes.Health, HealthAsync)
            .WithName("getHealth").WithTags("status").WithSummary("Whether database, schema, data and bus are well, looked at now")
            .Produces<FleetHealth>().Produces<FleetHealth>(StatusCodes.Status503ServiceUnavailable).Refuses(504);
    }

    private static async Task<IResult> HealthAsync(HttpRequest request, HealthDesk desk, CancellationToken cancel)
    {
        _ = new Asked(request);
        var health = await desk.LookAsync(cancel);
        return Results.Json(health, ApiJson.Options, statusCode: health.Healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> StatusAsync(HttpRequest request, ReadDesk desk, CancellationToken cancel)
    {
        _ = new Asked(request);
        return Answer.Ok(StatusAnswers.Of(await desk.ReadAsync("api.status", (FleetReader fleet, CancellationToken token) => fleet.ReadAsync(token), cancel)));
    }
}
