using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weir.Contracts.Catalogue;
using Weir.Core.Identity;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Changes;
using Weir.Diagnostics.Problems;
using Weir.Persistence.Stores;

namespace Weir.Diagnostics.Routes;

internal static class StreamChangeRoutes
{
    private const int ReasonMax = 200;

    internal static void MapChanges(IEndpointRouteBuilder routes)
    {
        routes.MapPut(ApiRoutes.Stream, PutAsync).WithName("putStream").WithTags("streams").WithSummary("Declares it: adds it, or changes it")
            .Accepts<StreamPut>("application/json").Produces<CatalogueOutcome>().Produces<CatalogueOutcome>(StatusCodes.Status201Created).Refuses(400, 401, 409, 413, 415, 503, 504);
        routes.MapDelete(ApiRoutes.Stream, DeleteAsync).WithName("deleteStream").WithTags("streams").WithSummary("Withdraws it: it runs no more")
            .Produces<CatalogueOutcome>().Refuses(400, 401, 404, 409, 503, 504);
        routes.MapPost(ApiRoutes.StreamPause, PauseAsync).WithName("pauseStream").WithTags("streams").WithSummary("Stops it until it is resumed")
            .Accepts<ActionReason>(isOptional: true, "application/json").Produces<Accepted>(StatusCodes.Status202Accepted).Refuses(400, 401, 404, 413, 415, 503, 504);
        routes.MapPost(ApiRoutes.StreamResume, ResumeAsync).WithName("resumeStream").WithTags("streams").WithSummary("Ends a pause or a quarantine")
            .Produces<Accepted>(StatusCodes.Status202Accepted).Refuses(400, 401, 404, 503, 504);
        routes.MapPost(ApiRoutes.StreamsBatch, BatchAsync).WithName("batchStreams").WithTags("streams").WithSummary("Declares and withdraws many")
            .Accepts<StreamBatch>("application/json").Produces<CatalogueOutcome>().Refuses(400, 401, 409, 413, 415, 503, 504);
    }

    private static async Task<IResult> PutAsync(string id, HttpRequest request, CatalogueDesk catalogue, CancellationToken cancel)
    {
        var (key, put) = (Asker.Key(request), await Body.ReadAsync<StreamPut>(request, cancel));
        var outcome = await catalogue.DeclareAsync(key, DeclarationReading.Pool(put.Pool), [DeclarationReading.Stream(id, put)], cancel);
        return outcome.Added > 0 ? Answer.Created(request.HttpContext.Response, ApiRoutes.With(ApiRoutes.Stream, id), outcome) : Answer.Ok(outcome);
    }

    private static async Task<IResult> DeleteAsync(string id, HttpRequest request, ReadDesk desk, CatalogueDesk catalogue, CancellationToken cancel)
    {
        var (key, stream) = (Asker.Key(request), await FindAsync(id, desk, cancel));
        return Answer.Ok(await catalogue.WithdrawAsync(key, stream.Pool, [stream.Stream], cancel));
    }

    private static async Task<IResult> PauseAsync(string id, HttpRequest request, ReadDesk desk, RequestSender sender, CancellationToken cancel)
    {
        var (key, stream) = (Asker.Key(request), await FindAsync(id, desk, cancel));
        var reason = (await Body.ReadOrAsync(request, new ActionReason(), cancel)).Reason;
        if (reason is { Length: > ReasonMax }) throw Refuse.Field("reason", reason, $"at most {ReasonMax} characters are right");
        await sender.SendAsync(RequestSender.Registry, new PauseStreams(key, stream.Pool, [stream.Stream], Asker.Name, reason), cancel);
        return Answer.Accepted(request.HttpContext.Response, key, ApiRoutes.With(ApiRoutes.Stream, id), "Its owner is asked to stop it; its state is paused from then on");
    }

    private static async Task<IResult> ResumeAsync(string id, HttpRequest request, ReadDesk desk, RequestSender sender, CancellationToken cancel)
    {
        var (key, stream) = (Asker.Key(request), await FindAsync(id, desk, cancel));
        await sender.SendAsync(RequestSender.Registry, new ResumeStreams(key, stream.Pool, [stream.Stream], Asker.Name), cancel);
        return Answer.Accepted(request.HttpContext.Response, key, ApiRoutes.With(ApiRoutes.Stream, id), "It is placed with the next plan");
    }

    private static async Task<IResult> BatchAsync(HttpRequest request, CatalogueDesk catalogue, CancellationToken cancel)
    {
        var (key, batch) = (Asker.Key(request), await Body.ReadAsync<StreamBatch>(request, cancel));
        var pool = DeclarationReading.Pool(batch.Pool);
        var (declare, withdraw) = (batch.Declare ?? [], batch.Withdraw ?? []);
        if (declare.Count + withdraw.Count == 0) throw Refuse.Field("declare", null, "at least one stream in declare or withdraw is right");
        if (declare.Count > DeclarationReading.BatchMax) throw Refuse.Field("declare", $"{declare.Count} streams", $"at most {DeclarationReading.BatchMax} are right");
        if (withdraw.Count > DeclarationReading.BatchMax) throw Refuse.Field("withdraw", $"{withdraw.Count} streams", $"at most {DeclarationReading.BatchMax} are right");
        var streams = declare.Select(DeclarationReading.Stream).ToList();
        var ids = withdraw.Select((id, at) => DeclarationReading.StreamName(id, $"withdraw[{at}]")).ToList();
        Once("declare", streams.Select(stream => stream.StreamId));
        Once("withdraw", ids);
        if (ids.Intersect(streams.Select(stream => stream.StreamId), StringComparer.Ordinal).FirstOrDefault() is { } both) throw Refuse.Field("withdraw", both, "a stream in one of the two lists is right");

        var outcome = new CatalogueOutcome(key, pool, 0, 0, 0, 0);
        if (streams.Count > 0) outcome = await catalogue.DeclareAsync(key, pool, streams, cancel);
        if (ids.Count == 0) return Answer.Ok(outcome);
        var done = await catalogue.WithdrawAsync(key, pool, ids, cancel);
        return Answer.Ok(outcome with { Withdrawn = done.Withdrawn, Unchanged = outcome.Unchanged + done.Unchanged });
    }

    private static void Once(string list, IEnumerable<string> ids)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids)
            if (!seen.Add(id))
                throw Refuse.Field(list, id, "each stream once is right");
    }

    private static async Task<StreamReading> FindAsync(string id, ReadDesk desk, CancellationToken cancel)
    {
        var stream = StreamId.Parse(DeclarationReading.StreamName(id));
        return await desk.ReadAsync("api.stream", (CatalogueReader reader, CancellationToken token) => reader.FindAsync(stream, token), cancel) ?? throw Refuse.Missing("stream", id, ApiRoutes.Streams);
    }
}
