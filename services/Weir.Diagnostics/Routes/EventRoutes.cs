using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Events;
using Weir.Diagnostics.Problems;

namespace Weir.Diagnostics.Routes;

internal static class EventRoutes
{
    private const int IdMax = 256;
    private static readonly byte[] Opened = Encoding.UTF8.GetBytes("retry: 1000\n\n");
    private static readonly byte[] Heartbeat = Encoding.UTF8.GetBytes(": here\n\n");

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet(ApiRoutes.Events, StreamAsync)
        .WithName("streamEvents").WithTags("events").WithSummary("Every fact as it comes, as server-sent events; the header Last-Event-ID resumes")
        .Produces<FleetEvent>(StatusCodes.Status200OK, "text/event-stream").Refuses(400, 503);

    private static async Task StreamAsync(
        HttpContext http, EventLog log, IOptions<DiagnosticsOptions> options, TimeProvider clock, IHostApplicationLifetime life,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId)
    {
        if (lastEventId is { Length: > IdMax }) throw Refuse.Field("Last-Event-ID", lastEventId, "the id of an event, as it was given, is right");
        if (log.Listen(lastEventId) is not { } listener) throw new RefusedException(ProblemKind.Full, $"{options.Value.EventClients} listen already");
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        try
        {
            http.Response.ContentType = "text/event-stream";
            http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await http.Response.Body.WriteAsync(Opened, either.Token);
            foreach (var line in listener.Missed) await http.Response.Body.WriteAsync(line.Bytes, either.Token);
            await http.Response.Body.FlushAsync(either.Token);
            await FollowAsync(http.Response.Body, listener, options.Value.HeartbeatEvery, clock, either.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && either.IsCancellationRequested)
        {
            // The client went, or the program ends.
        }
        finally
        {
            log.Leave(listener);
        }
    }

    // Ends when the listener was too slow: it comes back by its last id.
    private static async Task FollowAsync(Stream body, EventListener listener, TimeSpan heartbeat, TimeProvider clock, CancellationToken cancel)
    {
        while (true)
        {
            var coming = listener.Coming.WaitToReadAsync(cancel).AsTask();
            while (!await IsThereAsync(coming, heartbeat, clock, cancel))
            {
                await body.WriteAsync(Heartbeat, cancel);
                await body.FlushAsync(cancel);
            }

            if (!await coming) return;
            while (listener.Coming.TryRead(out var line)) await body.WriteAsync(line.Bytes, cancel);
            await body.FlushAsync(cancel);
        }
    }

    private static async Task<bool> IsThereAsync(Task coming, TimeSpan within, TimeProvider clock, CancellationToken cancel)
    {
        try
        {
            await coming.WaitAsync(within, clock, cancel);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
