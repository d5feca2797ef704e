using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Weir.Contracts.Workers;
using Weir.Core.Leases;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Changes;
using Weir.Diagnostics.Problems;
using Weir.Diagnostics.Reading;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;

namespace Weir.Diagnostics.Routes;

internal static class WorkerRoutes
{
    private const int ReasonMax = 200;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ApiRoutes.Workers, ListAsync).WithName("listWorkers").WithTags("workers").WithSummary("The workers: filtered, sorted and in pages")
            .Produces<Page<WorkerSummary>>().Refuses(400, 503, 504);
        routes.MapGet(ApiRoutes.Worker, GetAsync).WithName("getWorker").WithTags("workers").WithSummary("One worker").Produces<WorkerDetail>().Refuses(400, 404, 503, 504);
    }

    internal static void MapChanges(IEndpointRouteBuilder routes)
    {
        routes.MapPost(ApiRoutes.WorkerDrain, DrainAsync).WithName("drainWorker").WithTags("workers").WithSummary("Takes every stream off it")
            .Accepts<ActionReason>(isOptional: true, "application/json").Produces<Accepted>(StatusCodes.Status202Accepted).Refuses(400, 401, 404, 413, 415, 503, 504);
        routes.MapPost(ApiRoutes.WorkerCordon, CordonAsync).WithName("cordonWorker").WithTags("workers").WithSummary("Keeps new streams away from it")
            .Accepts<ActionReason>(isOptional: true, "application/json").Produces<Accepted>(StatusCodes.Status202Accepted).Refuses(400, 401, 404, 413, 415, 503, 504);
        routes.MapPost(ApiRoutes.WorkerUncordon, UncordonAsync).WithName("uncordonWorker").WithTags("workers").WithSummary("Ends a cordon, and a drain that is under way")
            .Produces<Accepted>(StatusCodes.Status202Accepted).Refuses(400, 401, 404, 503, 504);
        routes.MapDelete(ApiRoutes.Worker, ForgetAsync).WithName("forgetWorker").WithTags("workers").WithSummary("Strikes it from the register; one that is live is refused")
            .Produces<Accepted>(StatusCodes.Status202Accepted).Refuses(400, 401, 404, 409, 503, 504);
    }

    private static async Task<IResult> ListAsync(
        HttpRequest request, ReadDesk desk,
        [FromQuery] string? state, [FromQuery] string? pool, [FromQuery] string[]? label, [FromQuery] string? q, [FromQuery] string? sort, [FromQuery] string? cursor, [FromQuery] string? limit,
        CancellationToken cancel)
    {
        _ = (state, pool, label, q, sort, cursor, limit);
        var fleet = await desk.ReadAsync("api.workers", (FleetReader reader, CancellationToken token) => reader.ReadAsync(token), cancel);
        return Answer.Ok(WorkerAnswers.Page(request, fleet));
    }

    private static async Task<IResult> GetAsync(string id, ReadDesk desk, CancellationToken cancel)
    {
        var worker = WorkerAnswers.Id(id);
        var detail = await desk.ReadAsync(
            "api.worker",
            async (services, token) =>
            {
                if (await services.GetRequiredService<FleetReader>().FindAsync(worker, token) is not { } row) return null;
                var (pools, _) = await services.GetRequiredService<PoolSettingsReader>().ReadAsync(token);
                var (leaving, coming) = await services.GetRequiredService<MigrationReader>().OpenAsync(row.Worker.Newest, token);
                return WorkerAnswers.Detail(row, pools.GetValueOrDefault(row.Worker.Pool, PoolSettings.Default), leaving, coming);
            },
            cancel);
        return Answer.Ok(detail ?? throw Refuse.Missing("worker", id, ApiRoutes.Workers));
    }

    private static async Task<IResult> DrainAsync(string id, HttpRequest request, ReadDesk desk, RequestSender sender, CancellationToken cancel)
    {
        var (worker, reason) = (await FindAsync(id, desk, cancel), await ReasonAsync(request, cancel));
        await sender.SendAsync(RequestSender.Registry, new DrainWorker(worker.Worker.Worker.Value, 0, Asker.Name, reason), cancel);
        return Accepted(request, id, "Its streams leave as other workers take them; it is draining until it holds none");
    }

    private static async Task<IResult> CordonAsync(string id, HttpRequest request, ReadDesk desk, RequestSender sender, CancellationToken cancel)
    {
        var (worker, reason) = (await FindAsync(id, desk, cancel), await ReasonAsync(request, cancel));
        await sender.SendAsync(RequestSender.Registry, new CordonWorker(worker.Worker.Worker.Value, Asker.Name, reason), cancel);
        return Accepted(request, id, "It keeps what it has and is given nothing new");
    }

    private static async Task<IResult> UncordonAsync(string id, HttpRequest request, ReadDesk desk, RequestSender sender, CancellationToken cancel)
    {
        var worker = await FindAsync(id, desk, cancel);
        await sender.SendAsync(RequestSender.Registry, new UncordonWorker(worker.Worker.Worker.Value, Asker.Name), cancel);
        return Accepted(request, id, "It may be given streams again");
    }

    private static async Task<IResult> ForgetAsync(string id, HttpRequest request, ReadDesk desk, RequestSender sender, CancellationToken cancel)
    {
        var worker = await FindAsync(id, desk, cancel);
        if (worker.Lease is { State: LeaseState.Live }) throw Refuse.Conflict($"Worker {id} is live: drain it and stop its process first");
        await sender.SendAsync(RequestSender.Registry, new ForgetWorker(worker.Worker.Worker.Value, Asker.Name), cancel);
        return Accepted(request, id, "It is gone from the lists in a moment; a process of that name may register anew");
    }

    private static async Task<WorkerReading> FindAsync(string id, ReadDesk desk, CancellationToken cancel)
    {
        var worker = WorkerAnswers.Id(id);
        return await desk.ReadAsync("api.worker", (FleetReader fleet, CancellationToken token) => fleet.FindAsync(worker, token), cancel) ?? throw Refuse.Missing("worker", id, ApiRoutes.Workers);
    }

    private static async Task<string?> ReasonAsync(HttpRequest request, CancellationToken cancel)
    {
        var reason = (await Body.ReadOrAsync(request, new ActionReason(), cancel)).Reason;
        return reason is { Length: > ReasonMax } ? throw Refuse.Field("reason", reason, $"at most {ReasonMax} characters are right") : reason;
    }

    private static IResult Accepted(HttpRequest request, string id, string words) => Answer.Accepted(request.HttpContext.Response, null, ApiRoutes.With(ApiRoutes.Worker, id), words);
}
