using Microsoft.Extensions.DependencyInjection;
using Weir.Worker.Testing;

namespace Weir.Worker.Tests.Stage;

/// <summary>A test host whose handlers are probes of kind <c>k</c>.</summary>
internal static class ProbeHost
{
    internal static Task<WeirTestHost> StartAsync(Probe probe, Action<WeirWorkerOptions>? change = null) => WeirTestHost.StartAsync(Adding(probe, change));

    internal static WeirTestHost Create(Probe probe) => WeirTestHost.Create(Adding(probe, change: null));

    private static Action<IServiceCollection> Adding(Probe probe, Action<WeirWorkerOptions>? change) => services => services
        .AddSingleton(probe)
        .AddWeirWorker(options =>
        {
            (options.WorkerId, options.Capacity) = ("w1", 10);
            change?.Invoke(options);
        })
        .HandleStreams<ProbeHandler>("k");

    internal static List<T> All<T>(this WeirTestHost host) => [.. host.Plane.Said.OfType<T>()];
}
