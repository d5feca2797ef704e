using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Weir.Persistence.Settings;

namespace Weir.Persistence;

/// <summary>Adds the database of a service's program, as its configuration names it.</summary>
public static class StoreRegistration
{
    /// <summary>The section: <c>Kind</c> (<c>Postgres</c>, the default, or <c>Sqlite</c>), <c>ConnectionString</c>, and every other figure of <see cref="DatabaseOptions"/>.</summary>
    public const string Section = "Weir:Store";

    /// <summary>As <see cref="WeirPersistence.AddWeirPersistence"/>, from section <see cref="Section"/>, with the refusal to start on a database that is not as it must be.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="configuration">The program's configuration, whole.</param>
    /// <param name="program">How its connections call themselves, such as <c>registry</c>, where the section does not say.</param>
    /// <exception cref="InvalidOperationException">A value cannot be read; the message names it.</exception>
    public static IServiceCollection AddWeirStore(this IServiceCollection services, IConfiguration configuration, string program)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(Section);
        services.AddWeirPersistence(KindOf(configuration), options =>
        {
            options.ApplicationName = $"weir-{program}";
            section.Bind(options);
        });
        return services.AddWeirSchemaCheck();
    }

    /// <summary>Which database the configuration names.</summary>
    /// <param name="configuration">The program's configuration, whole.</param>
    public static DatabaseKind KindOf(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration.GetSection(Section).GetValue(nameof(DatabaseOptions.Kind), DatabaseKind.Postgres);
    }
}
