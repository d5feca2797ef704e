using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Bus;
using Weir.ServiceDefaults.Health;
using Weir.ServiceDefaults.Memory;
using Weir.ServiceDefaults.Options;

namespace Weir.ServiceDefaults;

/// <summary>What every service's program sets up alike.</summary>
public static class WeirServiceDefaults
{
    /// <summary>
    /// Console logging with one line an event, the bus's options from section <c>Weir:Bus</c>, and health on
    /// <c>/health/live</c> and <c>/health/ready</c> where <c>Weir:Health:Port</c> names a port of this machine.
    /// </summary>
    /// <param name="builder">The program.</param>
    public static IHostApplicationBuilder AddWeirServiceDefaults(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        // A statement or a connection that fails is told by whoever ran it, with what it was for.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical);
        builder.Logging.AddFilter("MassTransit", LogLevel.Warning);
        builder.Services.AddWeirOptions<WeirBusOptions>("Weir:Bus");
        builder.Services.AddWeirOptions<HealthOptions>("Weir:Health");
        builder.Services.AddHealthChecks();
        builder.Services.AddHostedService<HealthServer>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHostedService(services => MemoryReturn.OfThisProcess(services.GetRequiredService<TimeProvider>()));
        return builder;
    }

    /// <summary>
    /// Runs the program until it is told to end. What forbids the start (an option, the schema, the database's password) is said in
    /// words, without a stack, and the exit code is 1.
    /// </summary>
    /// <param name="host">The program, built.</param>
    /// <returns>0 when it ended as told, 1 when it refused to start.</returns>
    public static async Task<int> RunWeirAsync(this IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        using (host)
        {
            var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Weir.Start");
            try
            {
                await host.StartAsync();
            }
            catch (Exception refusal) when (refusal is not OperationCanceledException)
            {
                foreach (var line in StartRefusal.Words(refusal)) StartLog.Refused(logger, line);
                return 1;
            }

            await host.WaitForShutdownAsync();
            return 0;
        }
    }
}
