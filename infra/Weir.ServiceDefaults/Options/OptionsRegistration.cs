using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Weir.ServiceDefaults.Options;

/// <summary>Options of a section, checked when the program starts.</summary>
public static class OptionsRegistration
{
    /// <summary>
    /// Binds options to a section, where the program has a configuration, and refuses the start with all faults at once: names that
    /// are no option, values that cannot be read, values out of their declared range. Each is worded with field, value and what would be right.
    /// </summary>
    /// <typeparam name="T">The options. Its annotations are its ranges.</typeparam>
    /// <param name="services">The program's services.</param>
    /// <param name="section">Such as <c>Weir:Registry</c>.</param>
    public static OptionsBuilder<T> AddWeirOptions<T>(this IServiceCollection services, string section)
        where T : class
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<T>, SectionBinding<T>>(provider => provider.GetRequiredService<SectionBinding<T>>()));
        services.TryAddSingleton(provider => new SectionBinding<T>(section, provider.GetService<IConfiguration>()));
        services.AddSingleton<IValidateOptions<T>>(provider => new WordedValidation<T>(section, provider.GetRequiredService<SectionBinding<T>>()));
        return services.AddOptions<T>().ValidateOnStart();
    }
}
