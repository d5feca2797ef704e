using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Weir.Diagnostics.Problems;

namespace Weir.Diagnostics.Access;

/// <summary>Lets a change through that carries the operator's key.</summary>
internal sealed class OperatorFilter(OperatorKey key, ILogger<OperatorFilter> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var path = http.Request.Path.Value ?? "/";
        if (!key.IsIn(http.Request.Headers.Authorization))
        {
            DiagnosticsLog.NoKey(logger, http.Request.Method, path);
            throw new RefusedException(ProblemKind.KeyNeeded, "The header Authorization: Bearer KEY is missing, or its key is not the operator's");
        }

        var answer = await next(context);
        DiagnosticsLog.Changed(logger, http.Request.Method, path, answer is IStatusCodeHttpResult { StatusCode: { } status } ? status : StatusCodes.Status200OK);
        return answer;
    }
}
