using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Problems;

namespace Weir.Diagnostics.Access;

/// <summary>
/// Stands before everything the program serves: only this machine is answered, under a name of this machine (a page elsewhere whose
/// name was made to lead here is not). Below <see cref="ApiRoutes.Base"/> it also bounds the time and makes a problem of all that fails.
/// </summary>
internal sealed class ApiGate(RequestDelegate next, IOptions<DiagnosticsOptions> options, TimeProvider clock, ILogger<ApiGate> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (!IsLocal(http))
        {
            await ProblemWriter.WriteAsync(http, new RefusedException(ProblemKind.NotLocal, "The connection or the Host header is not of this machine: 127.0.0.1, [::1] and localhost are"));
            return;
        }

        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (http.Request.Path.StartsWithSegments(ApiRoutes.Base, StringComparison.Ordinal)) await GuardAsync(http);
        else await next(http);
    }

    private static bool IsLocal(HttpContext http)
    {
        var connection = http.Connection;
        if (connection.LocalIpAddress is { } local && !IPAddress.IsLoopback(local)) return false;
        if (connection.RemoteIpAddress is { } remote && !IPAddress.IsLoopback(remote)) return false;
        var host = http.Request.Host.Host;
        return string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || host is "127.0.0.1" or "[::1]";
    }

    private async Task GuardAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        var given = http.RequestAborted;
        var isStream = http.Request.Path == ApiRoutes.Events;
        using var bound = new CancellationTokenSource(isStream ? Timeout.InfiniteTimeSpan : options.Value.RequestTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(given, bound.Token);
        http.RequestAborted = either.Token;
        try
        {
            await next(http);
            if (!http.Response.HasStarted && Bare(http) is { } bare) await ProblemWriter.WriteAsync(http, bare);
        }
        catch (Exception fault) when (!given.IsCancellationRequested)
        {
            var refused = bound.IsCancellationRequested && fault is not RefusedException
                ? new RefusedException(ProblemKind.NotInTime, $"It took longer than {options.Value.RequestTimeout.TotalSeconds:0.#} s", inner: fault)
                : Faults.Of(fault);
            Log(http, refused, fault);
            await ProblemWriter.WriteAsync(http, refused);
        }
        catch (Exception fault) when (given.IsCancellationRequested && fault is OperationCanceledException or IOException)
        {
            // Nobody is there to be told.
        }
        finally
        {
            http.RequestAborted = given;
        }
    }

    // What routing answers by itself has a status and no body.
    private static RefusedException? Bare(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound when http.Response.ContentType is null => new RefusedException(ProblemKind.NotFound, $"There is no address {http.Request.Path}; {ApiRoutes.Document} lists those there are"),
        StatusCodes.Status405MethodNotAllowed => new RefusedException(ProblemKind.MethodNotAllowed, $"{http.Request.Method} cannot be done to {http.Request.Path}"),
        StatusCodes.Status415UnsupportedMediaType => new RefusedException(ProblemKind.NotJson, "The body is to be application/json"),
        StatusCodes.Status413PayloadTooLarge => new RefusedException(ProblemKind.TooLarge, "The body is larger than 256 KB"),
        StatusCodes.Status400BadRequest when http.Response.ContentType is null => new RefusedException(ProblemKind.Invalid, "A parameter of the address cannot be read"),
        _ => null,
    };

    private void Log(HttpContext http, RefusedException refused, Exception fault)
    {
        var path = http.Request.Path.Value ?? "/";
        if (refused.Kind == ProblemKind.Failed) DiagnosticsLog.Failed(logger, fault, http.Request.Method, path);
        else if (refused.Kind.Status >= StatusCodes.Status500InternalServerError) DiagnosticsLog.Away(logger, http.Request.Method, path, refused.Kind.Status, refused.InnerException?.Message ?? refused.Message);
    }
}
