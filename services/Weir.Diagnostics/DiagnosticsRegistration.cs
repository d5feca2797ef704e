using Microsoft.Extensions.DependencyInjection;
using Weir.Persistence.Settings;
using Weir.ServiceDefaults.Options;

namespace Weir.Diagnostics;

/// <summary>Adds the service to a process.</summary>
public static class DiagnosticsRegistration
{
    /// <summary>Its name on the bus.</summary>
    public const string Name = "diagnostics";

    /// <summary>
    /// Adds Diagnostics: readers, the operator's key, consumers on the process's bus. The program adds the database and the bus's options
    /// itself, once for all services that share the process, and maps the routes by <see cref="DiagnosticsRoutes.MapWeirApi"/>.
    /// </summary>
    /// <param name="services">The process's services.</param>
    /// <param name="kind">Which database the program added.</param>
    public static IServiceCollection AddWeirDiagnostics(this IServiceCollection services, DatabaseKind kind)
    {
        services.AddWeirOptions<DiagnosticsOptions>("Weir:Diagnostics");
        return services;
    }
}
