using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Weir.Diagnostics.Access;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Routes;

namespace Weir.Diagnostics;

/// <summary>The routes of the API.</summary>
public static class DiagnosticsRoutes
{
    /// <summary>Maps every route of <see cref="ApiRoutes"/>: reading is open to this machine, changes need the operator's key.</summary>
    /// <param name="routes">A web application.</param>
    public static IEndpointRouteBuilder MapWeirApi(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        StatusRoutes.Map(routes);
        WorkerRoutes.Map(routes);
        StreamRoutes.Map(routes);
        PlanRoutes.Map(routes);
        EventRoutes.Map(routes);
        var changes = routes.MapGroup("").AddEndpointFilter(routes.ServiceProvider.GetRequiredService<OperatorFilter>()).WithMetadata(NeedsKey.Instance);
        WorkerRoutes.MapChanges(changes);
        StreamChangeRoutes.MapChanges(changes);
        PlanRoutes.MapChanges(changes);
        HealthRoutes.Map(routes);
        routes.MapOpenApi("/openapi/{documentName}.json");
        return routes;
    }
}
