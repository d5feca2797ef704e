using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Weir.Contracts.Planning;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Changes;
using Weir.Diagnostics.Planning;
using Weir.Diagnostics.Problems;
using Weir.Diagnostics.Reading;
using Weir.Persistence.Stores;

namespace Weir.Diagnostics.Routes;

internal static class PlanRoutes
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ApiRoutes.Migrations, MigrationsAsync).WithName("listMigrations").WithTags("migrations").WithSummary("Moves, the latest first")
            .Produces<Page<MigrationSummary>>().Refuses(400, 503, 504);
        routes.MapGet(ApiRoutes.Plan, PlanAsync).WithName("getPlan").WithTags("plans").WithSummary("A plan that took effect, with its certificate").Produces<PlanSummary>().Refuses(400, 404, 503, 504);
    }

    internal static void MapChanges(IEndpointRouteBuilder routes) => routes.MapPost(ApiRoutes.Rebalance, RebalanceAsync)
        .WithName("rebalance").WithTags("plans").WithSummary("Levels a pool now, or shows with dryRun=true what that would do")
        .Produces<RebalancePlan>().Produces<Accepted>(StatusCodes.Status202Accepted).Refuses(400, 401, 404, 503, 504);

    private static async Task<IResult> MigrationsAsync(
        HttpRequest request, ReadDesk desk,
        [FromQuery] string? state, [FromQuery] string? stream, [FromQuery] string? worker, [FromQuery] string? pool, [FromQuery] string? cursor, [FromQuery] string? limit,
        CancellationToken cancel)
    {
        _ = (state, stream, worker, pool, cursor, limit);
        var (query, question) = MigrationAnswers.Read(request);
        var rows = await desk.ReadAsync("api.migrations", (MigrationReader reader, CancellationToken token) => reader.ListAsync(query, token), cancel);
        return Answer.Ok(MigrationAnswers.Page(rows, query, question));
    }

    private static async Task<IResult> PlanAsync(string id, ReadDesk desk, CancellationToken cancel)
    {
        var colon = id.LastIndexOf(':');
        var pool = DeclarationReading.Pool(colon < 0 ? null : id[..colon], "id");
        if (!long.TryParse(id.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version)) throw Refuse.Field("id", id, "pool:version, such as default:12, is right");
        var plan = await desk.ReadAsync("api.plan", (PlanReader reader, CancellationToken token) => reader.FindAsync(pool, version, token), cancel);
        return Answer.Ok(StoredPlans.Summary(plan ?? throw Refuse.Missing("plan", id, "explain of a stream")));
    }

    private static async Task<IResult> RebalanceAsync(
        HttpRequest request, PoolDesk pools, RequestSender sender, [FromQuery] string? dryRun, [FromQuery] string? pool, CancellationToken cancel)
    {
        _ = (dryRun, pool);
        var asked = new Asked(request, "dryRun", "pool");
        var isDry = asked.One("dryRun") switch
        {
            "true" => true,
            "false" => false,
            var other => throw Refuse.Field("dryRun", other, "true, to see the plan, or false, to have it carried out, is right"),
        };
        var (name, key) = (DeclarationReading.Pool(asked.One("pool")), Asker.Key(request));
        var found = await pools.ReadAsync(name, cancel) ?? throw Refuse.Missing("pool", name, ApiRoutes.Workers);
        if (isDry) return Answer.Ok(PlanAnswers.Rebalance(name, found.Version, found.Rows.Plan()));
        await sender.SendAsync(RequestSender.Orchestrator, new RequestRebalance(key, name, Asker.Name), cancel);
        return Answer.Accepted(request.HttpContext.Response, key, $"{ApiRoutes.Migrations}?pool={name}", $"The pool is planned at once; at most {found.Rows.Settings.MovesInFlightMax()} moves are under way at a time");
    }
}
