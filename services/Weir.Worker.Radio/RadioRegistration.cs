using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Worker.Radio.Http;
using Weir.Worker.Radio.Listening;
using Weir.Worker.Radio.Plays;
using Weir.Worker.Radio.Tuning;

namespace Weir.Worker.Radio;

/// <summary>Adds what <see cref="RadioHandler"/> needs.</summary>
public static class RadioRegistration
{
    /// <summary>One HTTP client and one table for all stations of the host. Name the handler next: <c>HandleStreams&lt;RadioHandler&gt;(RadioHandler.Kind)</c>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddRadio(this IServiceCollection services, Action<RadioOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<RadioOptions>().Configure(configure).ValidateOnStart();
        return AddParts(services);
    }

    /// <summary>As the other, with the options from section <see cref="RadioOptions.Section"/> of the program's configuration.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The program's configuration, whole. A name in the section that is no option, and a value that cannot be read, refuse the start.</param>
    public static IServiceCollection AddRadio(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddWorkerOptions<RadioOptions>(configuration, RadioOptions.Section);
        return AddParts(services);
    }

    private static IServiceCollection AddParts(IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RadioOptions>, RadioOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new AddressGuard(provider.GetRequiredService<IOptions<RadioOptions>>(), Dns.GetHostAddressesAsync));
        services.AddSingleton<StationHttp>();
        services.AddSingleton<Tuner>();
        services.AddSingleton<PlayTable>();
        services.AddSingleton<PlayWriter>();
        services.AddSingleton(provider => new Listener(
            provider.GetRequiredService<Tuner>(), provider.GetRequiredService<IOptions<RadioOptions>>(), provider.GetRequiredService<TimeProvider>(), Chance,
            provider.GetRequiredService<ILogger<Listener>>()));
        services.AddSingleton(provider => new RadioEngine(
            provider.GetRequiredService<Listener>(), provider.GetRequiredService<PlayWriter>(), provider.GetRequiredService<IOptions<RadioOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    private static double Chance() => RandomNumberGenerator.GetInt32(1 << 20) / (double)(1 << 20);
}
