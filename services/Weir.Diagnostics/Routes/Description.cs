using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Weir.Diagnostics.Access;

namespace Weir.Diagnostics.Routes;

/// <summary>What the OpenAPI document says beside what the routes say themselves.</summary>
internal static class Description
{
    private const string Scheme = "operatorKey";

    internal static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = route => route.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Weir", Version = "1", Description = "Keeps every stream on exactly one worker, and the workers level. Reading is open to this machine; every change needs the operator's key." };
            // The address is whatever it was asked by.
            document.Servers?.Clear();
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The operator's key, from the file that Weir:Diagnostics:KeyFile names" };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<NeedsKey>().Any())
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
            return Task.CompletedTask;
        });
    }
}
