using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Bus.Names;
using Weir.Worker.Agent;
using Weir.Worker.Clock;
using Weir.Worker.Links;

namespace Weir.Worker;

/// <summary>Makes a host a worker.</summary>
public static class WeirWorkerRegistration
{
    private const int ProcessIdLength = 8;
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Makes the host a worker: one a host. Say next where the bus is and which handler runs which kind of stream. SIGTERM empties the
    /// worker before the host stops. Exit codes are in <see cref="WorkerExitCode"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options; bind the section <see cref="WeirWorkerOptions.Section"/> here if you have one.</param>
    /// <exception cref="InvalidOperationException">The host is a worker already.</exception>
    public static IWeirWorkerBuilder AddWeirWorker(this IServiceCollection services, Action<WeirWorkerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        if (services.Any(service => service.ServiceType == typeof(HandlerKinds)))
            throw new InvalidOperationException("This host is a worker already: one worker a host; build a second host for a second worker");

        services.AddOptions<WeirWorkerOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WeirWorkerOptions>, WeirWorkerOptionsValidator>());
        services.AddSingleton<HandlerKinds>();
        services.AddOptions<HostOptions>().PostConfigure<IOptions<WeirWorkerOptions>>((host, worker) =>
        {
            if (Read(worker) is not { } known)
                return;
            var wanted = known.DrainFor + known.StopFor + StopMargin;
            host.ShutdownTimeout = host.ShutdownTimeout > wanted ? host.ShutdownTimeout : wanted;
        });
        CheckAtStart(services);
        return new WeirWorkerBuilder(services, RandomNumberGenerator.GetHexString(ProcessIdLength, lowercase: true));
    }

    /// <summary>As the other, with the options from section <see cref="WeirWorkerOptions.Section"/> of the program's configuration.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The program's configuration, whole. A name in the section that is no option, and a value that cannot be read, refuse the start.</param>
    /// <exception cref="InvalidOperationException">The host is a worker already.</exception>
    public static IWeirWorkerBuilder AddWeirWorker(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        var worker = AddWeirWorker(services, static _ => { });
        services.AddWorkerOptions<WeirWorkerOptions>(configuration, WeirWorkerOptions.Section);
        return worker;
    }

    // The bus must know the worker's name before the host is built. What is wrong with it is said when the host starts, with all else.
    internal static WorkerIdentity IdentityOf(IServiceCollection services, string processId)
    {
        var options = new WeirWorkerOptions();
        try
        {
            foreach (var configure in services.Select(service => service.ImplementationInstance).OfType<ConfigureNamedOptions<WeirWorkerOptions>>())
                configure.Configure(Options.DefaultName, options);
        }
        catch (InvalidOperationException)
        {
            // A value that cannot be read; so are those after it.
        }
        return Core.Identity.WorkerId.TryParse(options.WorkerId, out _) ? new(options.WorkerId, processId) : new("unnamed", processId);
    }

    internal static void AddHost(IServiceCollection services, string processId, Func<IServiceProvider, WorkerBuses> buses, string? fault = null)
    {
        var identity = IdentityOf(services, processId);
        services.AddSingleton(new BusChosen(fault));
        services.AddSingleton<IHostedService>(own => new WorkerHost(
            own.GetRequiredService<IOptions<WeirWorkerOptions>>(), identity, buses, own, own.GetRequiredService<HandlerKinds>(),
            own.GetService<IProcessEnd>() ?? new ProcessEnd(own.GetRequiredService<IHostApplicationLifetime>()), BootClock.Instance,
            Chance, own.GetRequiredService<ILogger<WorkerHost>>()));
    }

    private static void CheckAtStart(IServiceCollection services)
    {
        var hosts = services.Last(service => service.ServiceType == typeof(IStartupValidator));
        services.Replace(ServiceDescriptor.Transient<IStartupValidator>(own => new WorkerStartCheck(
            (IStartupValidator)ActivatorUtilities.CreateInstance(own, hosts.ImplementationType!), own.GetService<ILoggerFactory>())));
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(own => new OptionsFirst(own.GetRequiredService<IStartupValidator>())));
        WorkerStartCheck.Listen();
    }

    // What is wrong with them is said when the host starts, not when it is built.
    private static WeirWorkerOptions? Read(IOptions<WeirWorkerOptions> options)
    {
        try
        {
            return options.Value;
        }
        catch (Exception e) when (e is OptionsValidationException or InvalidOperationException)
        {
            return null;
        }
    }

    private static double Chance() => RandomNumberGenerator.GetInt32(1 << 20) / (double)(1 << 20);
}
