using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Reading;
using Weir.Persistence.Stores;

namespace Weir.Diagnostics.Routes;

internal static class StatusRoutes
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet(ApiRoutes.Status, StatusAsync)
        .WithName("getStatus").WithTags("status").WithSummary("All that an operator needs at a glance").Produces<FleetStatus>().Refuses(503, 504);

    private static async Task<IResult> StatusAsync(HttpRequest request, ReadDesk desk, CancellationToken cancel)
    {
        _ = new Asked(request);
        return Answer.Ok(StatusAnswers.Of(await desk.ReadAsync("api.status", (FleetReader fleet, CancellationToken token) => fleet.ReadAsync(token), cancel)));
    }
}
