using DotNet.Testcontainers.Containers;
using Weir.Testing.Waiting;

namespace Weir.Testing.Servers.Containers;

/// <summary>A server that runs in a container.</summary>
internal sealed class ContainerServer(IContainer container, DockerEngine engine) : IServerProcess
{
    private const int LogTail = 4_000;

    // The first start pulls the image where the engine does not have it.
    private static readonly TimeSpan PullBound = TimeSpan.FromMinutes(5);

    private bool _created;

    public async Task StartAsync(CancellationToken cancel)
    {
        // The library creates it and starts it once; starting the same one again is the engine's own.
        if (_created) await engine.StartAsync(container.Id, cancel);
        else await CreateAsync(cancel);
        _created = true;
    }

    public async Task KillAsync(CancellationToken cancel)
    {
        if (!_created) return;

        await engine.KillAsync(container.Id, cancel);
        // Some engines leave a paused container so, and it takes the signal only once it goes on.
        if (await engine.StateAsync(container.Id, cancel) is { Status: "paused" }) await engine.UnpauseAsync(container.Id, cancel);
        await engine.WaitUntilStoppedAsync(container.Id, cancel);
    }

    public Task FreezeAsync(CancellationToken cancel) => engine.PauseAsync(container.Id, cancel);

    public Task ThawAsync(CancellationToken cancel) => engine.UnpauseAsync(container.Id, cancel);

    public async Task<string?> HowEndedAsync(CancellationToken cancel)
    {
        var (status, exit) = await engine.StateAsync(container.Id, cancel);
        if (status is "running" or "paused" or "created" or "restarting") return null;

        var (output, errors) = await container.GetLogsAsync(timestampsEnabled: false, ct: cancel);
        var log = output + errors;
        return $"its container is {status}, exit code {exit}. The end of its output:\n{log[Math.Max(0, log.Length - LogTail)..]}";
    }

    public ValueTask DisposeAsync() => container.DisposeAsync();

    private async Task CreateAsync(CancellationToken cancel)
    {
        using var bound = Patience.Limit(PullBound, cancel);
        await container.StartAsync(bound.Token);
    }
}
