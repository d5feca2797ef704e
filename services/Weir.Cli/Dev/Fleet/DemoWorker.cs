using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Cli.Dev.Demo;
using Weir.Cli.Dev.Hosting;
using Weir.Cli.Storing;
using Weir.Persistence.Settings;
using Weir.Worker;
using Weir.Worker.Radio;

namespace Weir.Cli.Dev.Fleet;

/// <summary>Puts a sample worker's host together, the same in this process and in one of its own.</summary>
internal static class DemoWorker
{
    private static readonly TimeSpan DrainFor = TimeSpan.FromSeconds(30);

    /// <param name="worker">Its name.</param>
    /// <param name="capacity">What it can carry.</param>
    /// <param name="folder">Where it leaves the file by which its next process vouches for it.</param>
    /// <param name="sinks">The fences of simulated streams.</param>
    /// <param name="plays">Where what real stations play is written.</param>
    /// <param name="log">Where it logs.</param>
    /// <param name="onBus">Says where the bus is.</param>
    internal static HostApplicationBuilder Builder(string worker, double capacity, string folder, DemoSinks sinks, StoreAddress plays, LogFile log, Action<IWeirWorkerBuilder> onBus)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddProvider(log).AddFilter("MassTransit", LogLevel.Warning);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(sinks);
        builder.Services.AddRadio(radio =>
        {
            radio.Sink = plays.Kind == DatabaseKind.Sqlite ? RadioSinkKind.Sqlite : RadioSinkKind.Postgres;
            // Only whoever started this declares streams here, and may listen to what stands in his own house.
            (radio.ConnectionString, radio.AllowPrivateAddresses) = (plays.Text, true);
        });
        builder.Services.AddSingleton<IHostLifetime, OwnLifetime>();
        onBus(builder.Services.AddWeirWorker(options =>
        {
            (options.WorkerId, options.Capacity, options.DataDirectory, options.DrainFor, options.Version) = (worker, capacity, folder, DrainFor, "demo");
        }).HandleStreams<DemoHandler>(DemoHandler.Kind).HandleStreams<RadioHandler>(RadioHandler.Kind));
        return builder;
    }
}
