using Weir.Diagnostics.Tests.Stage;
using Weir.Worker;

namespace Weir.Diagnostics.Tests;

/// <summary>All of it in one process, on a file.</summary>
public sealed class SqliteFleetTests : FleetScenarios
{
    private protected override Task<ApiHost> StartAsync() => ApiHost.StartAsync(withServices: true);

    private protected override IWeirWorkerBuilder Join(IWeirWorkerBuilder worker, ApiHost api) => worker.JoinBusOf(api.Of<IServiceProvider>());
}
