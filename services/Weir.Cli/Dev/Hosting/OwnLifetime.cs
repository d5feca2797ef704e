using Microsoft.Extensions.Hosting;

namespace Weir.Cli.Dev.Hosting;

/// <summary>A host that ends only when this program says so: several share the process, and workers must stop before the services.</summary>
internal sealed class OwnLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
