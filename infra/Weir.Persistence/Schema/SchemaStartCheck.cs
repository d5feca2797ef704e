using Microsoft.Extensions.Hosting;

namespace Weir.Persistence.Schema;

/// <summary>Refuses to start the program on a database that is not as it needs it, before anything else of it starts.</summary>
internal sealed class SchemaStartCheck(SchemaInspector inspector) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var verdict = await inspector.InspectAsync(cancellationToken);
        if (verdict.State != SchemaState.Current) throw new SchemaRefusedException(verdict);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
