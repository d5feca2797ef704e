using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Weir.Worker.Clock;
using Weir.Worker.Ticker.Sinks;

namespace Weir.Worker.Ticker;

/// <summary>Adds what <see cref="TickerHandler"/> needs.</summary>
public static class TickerRegistration
{
    /// <summary>One log, one wheel and one sink for all streams of the host.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddTicker(this IServiceCollection services, Action<TickerOptions> configure)
    {
        services.AddOptions<TickerOptions>().Configure(configure).ValidateOnStart();
        return AddParts(services);
    }

    /// <summary>As the other, with the options from section <see cref="TickerOptions.Section"/> of the program's configuration.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The program's configuration, whole.</param>
    public static IServiceCollection AddTicker(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddWorkerOptions<TickerOptions>(configuration, TickerOptions.Section);
        return AddParts(services);
    }

    private static IServiceCollection AddParts(IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TickerOptions>, TickerOptionsValidator>());
        services.AddSingleton(provider => TickLog.Open(
            provider.GetRequiredService<IOptions<TickerOptions>>().Value,
            provider.GetRequiredService<IOptions<WeirWorkerOptions>>().Value.WorkerId,
            BootClock.Instance));
        services.AddSingleton<ITickSink>(provider => provider.GetRequiredService<IOptions<TickerOptions>>().Value switch
        {
            { Sink: TickSinkKind.Postgres } options => new PostgresTickSink(options.ConnectionString),
            { Sink: TickSinkKind.Sqlite } options => new SqliteTickSink(options.ConnectionString),
            _ => new NoTickSink(),
        });
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SinkWriter>();
        services.AddSingleton<TickWheel>();
        services.AddSingleton(provider => new TickerEngine(
            provider.GetRequiredService<TickWheel>(), provider.GetRequiredService<ITickSink>(), provider.GetRequiredService<TickLog>()));
        return services;
    }
}
