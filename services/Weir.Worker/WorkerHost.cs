using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Bus.Names;
using Weir.Worker.Agent;
using Weir.Worker.Links;

namespace Weir.Worker;

/// <summary>The worker's life within its host: up when the host starts, emptied and gone when it stops.</summary>
internal sealed class WorkerHost(
    IOptions<WeirWorkerOptions> options, WorkerIdentity identity, Func<IServiceProvider, WorkerBuses> buses, IServiceProvider services,
    HandlerKinds kinds, IProcessEnd end, TimeProvider clock, Func<double> chance, ILogger<WorkerHost> logger) : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan EndMargin = TimeSpan.FromSeconds(2);

    private ProcessLock? _lock;
    private BusLink? _link;
    private WorkerAgent? _agent;
    private LeaseThread? _thread;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _lock = ProcessLock.Take(options.Value.DataDirectory, identity.WorkerId);
        if (_lock.WhyNot is { } why)
            WorkerLog.NoLock(logger, identity.WorkerId, why);
        var self = new WorkerSelf(identity.WorkerId, identity.ProcessId, _lock.Predecessor);
        _link = new BusLink(buses(services), identity, clock, logger);
        _agent = new WorkerAgent(self, options.Value, kinds, _link, end, clock, chance, logger);
        _agent.Registered = () => _lock.Name(identity.ProcessId);
        _thread = new LeaseThread(_agent, identity.WorkerId, logger);
        _thread.Start();
        _link.Start(_agent);
        return Task.CompletedTask;
    }

    /// <summary>The worker is emptied, then leaves. Ends in <c>DrainFor</c> + <c>StopFor</c> and a moment at the latest.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_agent is null || _link is null)
            return;
        _agent.Drain();
        var bound = options.Value.DrainFor + options.Value.StopFor + EndMargin;
        await Task.WhenAny(_agent.Ended, Task.Delay(bound, clock, cancellationToken));
        await _link.DisposeAsync();
    }

    /// <summary>
    /// As if its process had been killed: it says nothing more, hears nothing more, and its handlers are told to stop. For a program that
    /// has several workers in one process and plays the death of one of them.
    /// </summary>
    internal async Task VanishAsync()
    {
        if (_agent is not { } agent || _link is not { } link)
            return;
        (_agent, _link) = (null, null);
        link.Mute();
        _thread?.Dispose();
        _thread = null;
        agent.StopAll();
        await link.DisposeAsync();
        _lock?.Dispose();
    }

    /// <summary>Ends a drain that nobody wants to wait for any longer: what still runs is stopped here.</summary>
    internal void StopAll() => _agent?.StopAll();

    public ValueTask DisposeAsync()
    {
        _thread?.Dispose();
        _lock?.Dispose();
        return ValueTask.CompletedTask;
    }
}
