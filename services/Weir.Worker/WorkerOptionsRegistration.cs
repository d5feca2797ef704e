using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Weir.Bus.Options;

namespace Weir.Worker;

/// <summary>Options of a worker's program from its configuration, refused as the worker's own are: all that is wrong at once, in words, exit code <see cref="WorkerExitCode.Refused"/>.</summary>
public static class WorkerOptionsRegistration
{
    /// <summary>
    /// Fills options from a section. A name that is no option, and a value that cannot be read, refuse the start; so does what an
    /// <see cref="IValidateOptions{TOptions}"/> of yours finds. What may be a secret is not shown.
    /// </summary>
    /// <typeparam name="T">The options.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The program's configuration, whole.</param>
    /// <param name="section">Such as <c>Weir:Radio</c>.</param>
    public static OptionsBuilder<T> AddWorkerOptions<T>(this IServiceCollection services, IConfiguration configuration, string section)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentException.ThrowIfNullOrEmpty(section);
        var words = new WordedSection(section, configuration, (given, type) => given.Get(type));
        services.AddSingleton<IValidateOptions<T>>(new ReadSection<T>(words));
        return services.AddOptions<T>().Configure(words.Fill).ValidateOnStart();
    }
}
