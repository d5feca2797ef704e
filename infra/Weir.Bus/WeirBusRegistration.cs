using MassTransit;
using MassTransit.Transports;
using MassTransit.UsageTracking;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Weir.Bus.Endpoints;
using Weir.Bus.Health;
using Weir.Bus.Names;
using Weir.Bus.Parking;
using Weir.Bus.Sending;
using Weir.Bus.Store;

namespace Weir.Bus;

/// <summary>Puts a process on the bus.</summary>
public static class WeirBusRegistration
{
    /// <summary>
    /// Puts a service on the bus. Called again, by another service in the same process, it adds to the same bus. Set
    /// <see cref="WeirBusOptions"/> by <c>services.Configure</c> or from the section that the host binds.
    /// </summary>
    /// <param name="services">The process's services.</param>
    /// <param name="service">Whose it is, such as <c>registry</c>: 1 to 64 letters, digits or hyphens.</param>
    /// <param name="configure">Adds consumers and sagas, each with a definition that declares its policy.</param>
    public static IServiceCollection AddWeirBus(this IServiceCollection services, string service, Action<IBusRegistrationConfigurator> configure) =>
        Add(services, new BusIdentity(BrokerNames.Checked(service)), configure);

    /// <summary>As <see cref="AddWeirBus"/>, on a second connection that carries beats and their answers alone.</summary>
    /// <param name="services">The process's services.</param>
    /// <param name="service">Whose it is; the connection is called <c>service.beats@host#pid</c>.</param>
    /// <param name="configure">Adds the consumers of beats.</param>
    public static IServiceCollection AddWeirBeatBus(this IServiceCollection services, string service, Action<IBusRegistrationConfigurator> configure) =>
        AddBeats(services, new BusIdentity($"{BrokerNames.Checked(service)}.beats"), configure);

    /// <summary>Puts a worker on the bus, with rights on its own prefix only: it consumes its own queues and sends through <see cref="WorkerOut"/>.</summary>
    /// <param name="services">The process's services.</param>
    /// <param name="worker">Who it is.</param>
    /// <param name="configure">Adds the consumers of commands, on <see cref="EndpointPolicy.Commands"/>.</param>
    public static IServiceCollection AddWeirWorkerBus(this IServiceCollection services, WorkerIdentity worker, Action<IBusRegistrationConfigurator> configure)
    {
        services.TryAddSingleton(worker);
        services.TryAddScoped<WorkerOut>();
        return Add(services, new BusIdentity($"worker.{worker.WorkerId}", worker), configure);
    }

    /// <summary>As <see cref="AddWeirWorkerBus"/>, on a second connection that carries beats and their answers alone.</summary>
    /// <param name="services">The process's services.</param>
    /// <param name="worker">Who it is.</param>
    /// <param name="configure">Adds the consumers of answers, on <see cref="EndpointPolicy.BeatAnswers"/>.</param>
    public static IServiceCollection AddWeirWorkerBeatBus(this IServiceCollection services, WorkerIdentity worker, Action<IBusRegistrationConfigurator> configure)
    {
        services.TryAddSingleton(worker);
        return AddBeats(services, new BusIdentity($"worker.{worker.WorkerId}.beat", worker), configure);
    }

    private static IServiceCollection Add(IServiceCollection services, BusIdentity identity, Action<IBusRegistrationConfigurator> configure)
    {
        if (IsJoined<IBus>(services, identity, configure))
            return services;

        AddParts(services);
        services.AddMassTransit(bus => Begin<IBus>(services, bus, identity, configure));
        AddHealth(services, "weir-bus", "", provider => provider.GetRequiredService<IBusControl>());
        return WithoutUsageReports(services);
    }

    private static IServiceCollection AddBeats(IServiceCollection services, BusIdentity identity, Action<IBusRegistrationConfigurator> configure)
    {
        if (IsJoined<IBeatBus>(services, identity, configure))
            return services;

        AddParts(services);
        services.AddMassTransit<IBeatBus>(bus => Begin<IBeatBus>(services, bus, identity, configure));
        AddHealth(services, "weir-beat-bus", nameof(IBeatBus), provider => provider.GetRequiredService<IBusInstance<IBeatBus>>().BusControl);
        return WithoutUsageReports(services);
    }

    private static bool IsJoined<TBus>(IServiceCollection services, BusIdentity identity, Action<IBusRegistrationConfigurator> configure)
    {
        var earlier = services.Select(service => service.ServiceType == typeof(BusInMaking) ? service.ImplementationInstance : null)
            .OfType<BusInMaking>().FirstOrDefault(making => making.Bus == typeof(TBus));
        if (earlier is null)
            return false;
        earlier.Identity.Join(identity);
        configure(earlier.Configurator);
        return true;
    }

    private static void Begin<TBus>(
        IServiceCollection services, IBusRegistrationConfigurator bus, BusIdentity identity, Action<IBusRegistrationConfigurator> configure)
    {
        services.AddSingleton(new BusInMaking(typeof(TBus), identity, bus));
        bus.DisableUsageTelemetry();
        configure(bus);
        bus.SetBusFactory(new WeirBusFactory(identity));
    }

    // The option alone is not enough: an environment variable would turn the reports on again, at shutdown too.
    private static IServiceCollection WithoutUsageReports(IServiceCollection services) => services.RemoveAll<IUsageTracker>();

    private static void AddParts(IServiceCollection services)
    {
        services.AddOptions<WeirBusOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WeirBusOptions>, WeirBusOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<BusStopping>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IBusObserver, BusStopping>(provider => provider.GetRequiredService<BusStopping>()));
        services.TryAddSingleton<BusConnections>();
        services.TryAddSingleton<StoreGate>();
        services.TryAddSingleton<ParkLog>();
        services.TryAddSingleton<EndpointSetup>();
        services.TryAddSingleton<WorkerRoute>();
        services.TryAddScoped<WorkerCommands>();
    }

    private static void AddHealth(IServiceCollection services, string name, string bus, Func<IServiceProvider, IBusControl> control) =>
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            name,
            provider => new BusHealthCheck(
                bus, control(provider), provider.GetRequiredService<BusConnections>(), provider.GetRequiredService<StoreGate>()),
            HealthStatus.Unhealthy,
            ["ready"]));
}
