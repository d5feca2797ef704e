using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Weir.Core.Identity;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Changes;
using Weir.Diagnostics.Explaining;
using Weir.Diagnostics.Problems;
using Weir.Diagnostics.Reading;
using Weir.Persistence.Stores;

namespace Weir.Diagnostics.Routes;

internal static class StreamRoutes
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ApiRoutes.Streams, ListAsync).WithName("listStreams").WithTags("streams").WithSummary("The streams: filtered, searched, sorted and in pages")
            .Produces<Page<StreamSummary>>().Refuses(400, 503, 504);
        routes.MapGet(ApiRoutes.Stream, GetAsync).WithName("getStream").WithTags("streams").WithSummary("One stream").Produces<StreamDetail>().Refuses(400, 404, 503, 504);
        routes.MapGet(ApiRoutes.StreamExplain, ExplainAsync).WithName("explainStream").WithTags("streams").WithSummary("Why it is where it is, and what would make it move")
            .Produces<StreamExplanation>().Refuses(400, 404, 503, 504);
    }

    private static async Task<IResult> ListAsync(
        HttpRequest request, ReadDesk desk,
        [FromQuery] string? state, [FromQuery] string? worker, [FromQuery] string? kind, [FromQuery] string? pool, [FromQuery] string[]? label,
        [FromQuery] string? q, [FromQuery] string? sort, [FromQuery] string? cursor, [FromQuery] string? limit,
        CancellationToken cancel)
    {
        _ = (state, worker, kind, pool, label, q, sort, cursor, limit);
        var (query, question) = StreamList.Read(request);
        var rows = await desk.ReadAsync("api.streams", (CatalogueReader reader, CancellationToken token) => reader.ListAsync(query, token), cancel);
        return Answer.Ok(StreamList.Page(rows, query, question));
    }

    private static async Task<IResult> GetAsync(string id, ReadDesk desk, CancellationToken cancel)
    {
        var stream = StreamId.Parse(DeclarationReading.StreamName(id));
        var detail = await desk.ReadAsync(
            "api.stream",
            async (services, token) =>
            {
                if (await services.GetRequiredService<CatalogueReader>().FindAsync(stream, token) is not { } row) return null;
                var moves = await services.GetRequiredService<MigrationReader>().ListAsync(new MigrationQuery { Stream = id, OnlyStates = ["Releasing", "Starting"], Limit = 1 }, token);
                return StreamAnswers.Detail(row, moves.FirstOrDefault());
            },
            cancel);
        return Answer.Ok(detail ?? throw Refuse.Missing("stream", id, ApiRoutes.Streams));
    }

    private static async Task<IResult> ExplainAsync(string id, ExplainDesk desk, CancellationToken cancel)
    {
        var stream = StreamId.Parse(DeclarationReading.StreamName(id));
        return Answer.Ok(await desk.ExplainAsync(stream, cancel) ?? throw Refuse.Missing("stream", id, ApiRoutes.Streams));
    }
}
