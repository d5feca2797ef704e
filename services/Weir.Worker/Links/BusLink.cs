using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Logging;
using Weir.Bus.Endpoints;
using Weir.Bus.Names;
using Weir.Bus.Sending;
using Weir.Contracts.Holdings;
using Weir.Contracts.Leases;
using Weir.Contracts.Ownership;
using Weir.Contracts.Registration;
using Weir.Contracts.Reports;
using Weir.Contracts.Workers;
using Weir.Worker.Agent;

namespace Weir.Worker.Links;

/// <summary>The worker on the bus: its two queues, and the way out through its own exchange.</summary>
internal sealed class BusLink : IControlPlane, IAsyncDisposable
{
    private const int SendingMax = 256;
    private static readonly TimeSpan FlushMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(3);
    // A queue that hangs does not stop any sooner for being waited for.
    private static readonly TimeSpan RebuildMax = TimeSpan.FromSeconds(1);

    private readonly WorkerBuses _buses;
    private readonly WorkerIdentity _identity;
    private readonly WorkerOut _out;
    private readonly WorkerOut _beatOut;
    private readonly OrderedSender _ordered;
    private readonly ILogger _logger;
    private WorkerAgent _agent = null!;
    private HostReceiveEndpointHandle? _commands;
    private HostReceiveEndpointHandle? _beats;
    private Task _rebuilding = Task.CompletedTask;
    private int _sending;
    private int _making;
    private volatile bool _mute;

    internal BusLink(WorkerBuses buses, WorkerIdentity identity, TimeProvider clock, ILogger logger)
    {
        (_buses, _identity, _logger) = (buses, identity, logger);
        _out = new WorkerOut(buses.Commands, identity, buses.Options);
        _beatOut = new WorkerOut(buses.Beats, identity, buses.Options);
        _ordered = new OrderedSender(SayAsync, clock, logger);
    }

    internal void Start(WorkerAgent agent)
    {
        _agent = agent;
        _ordered.Start();
        Connect();
    }

    public void SendNow(object message)
    {
        // Beats that cannot go out pile up behind a broker that is away; a few are enough, the next one says the same and more.
        if (Interlocked.Increment(ref _sending) > SendingMax)
        {
            Interlocked.Decrement(ref _sending);
            return;
        }
        _ = Task.Run(() => SendOnceAsync(message));
    }

    public void SendInOrder(object message) => _ordered.Add(message);

    /// <summary>
    /// The queues' endpoints, with their channels and consumers, are made anew on the connections that are there. It cures a consumer or a
    /// channel that hangs; a connection that hangs is found by AMQP's heartbeat and made anew by the bus.
    /// </summary>
    public void RebuildQueues()
    {
        if (_rebuilding.IsCompleted)
            _rebuilding = Task.Run(RebuildAsync);
    }

    /// <summary>Nothing goes out any more, as from a process that was killed.</summary>
    internal void Mute() => _mute = true;

    public async ValueTask DisposeAsync()
    {
        await _ordered.FlushAsync(FlushMax);
        await _ordered.DisposeAsync();
        await _rebuilding;
        await StopAsync(StopMax);
    }

    private async Task RebuildAsync()
    {
        await StopAsync(RebuildMax);
        try
        {
            Connect();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            WorkerLog.NotSent(_logger, "The making of a queue", e.Message); // it is asked for again
        }
    }

    private async Task StopAsync(TimeSpan longest)
    {
        using var bound = new CancellationTokenSource(longest);
        await Task.WhenAll(((HostReceiveEndpointHandle?[])[_commands, _beats]).OfType<HostReceiveEndpointHandle>().Select(endpoint => StopAsync(endpoint, bound.Token)));
    }

    private async Task StopAsync(HostReceiveEndpointHandle endpoint, CancellationToken cancel)
    {
        try
        {
            await endpoint.StopAsync(cancel).WaitAsync(cancel);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            WorkerLog.NotSent(_logger, "The stop of a queue", e.Message); // it goes with the connection
        }
    }

    private void Connect()
    {
        _beats = _buses.Beats.ConnectWeirEndpoint(EndpointPolicy.BeatAnswers(_identity), _buses.Services, AddAnswers);
        // One at a time: a release must not overtake the start before it more often than the network makes it.
        var policy = EndpointPolicy.Commands(_identity) with { Concurrency = 1 };
        _commands = _buses.Commands.ConnectWeirEndpoint(policy, _buses.Services, AddCommands);
    }

    private void AddCommands(IReceiveEndpointConfigurator endpoint)
    {
        // The end of a queue that was made anew may be told after the new one is there.
        var making = Interlocked.Increment(ref _making);
        endpoint.ConnectReceiveEndpointObserver(new ReadyObserver(_agent.OnCommandsReady, () =>
        {
            if (making == Volatile.Read(ref _making))
                _agent.OnCommandsGone();
        }));
        endpoint.Handler<StartStreams>(context => Done(() => _agent.OnStart(context.Message, TraceOf(context))));
        endpoint.Handler<ReleaseStreams>(context => Done(() => _agent.OnRelease(context.Message)));
        endpoint.Handler<ReportHoldings>(context => Done(() => _agent.OnReportHoldings(context.Message)));
        endpoint.Handler<Assignments>(context => Done(() => _agent.OnAssignments(context.Message, TraceOf(context))));
        endpoint.Handler<WorkerRegistered>(context => Done(() => _agent.OnRegistered(context.Message)));
        endpoint.Handler<RegistrationRefused>(context => Done(() => _agent.OnRegistrationRefused(context.Message)));
        endpoint.Handler<CommandMark>(context => Done(() => _agent.OnMark(context.Message)));
        AddAnswers(endpoint);
    }

    // Whichever of its queues Registry chooses for these.
    private void AddAnswers(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.Handler<LeaseRenewed>(context => Done(() => _agent.OnRenewed(context.Message)));
        endpoint.Handler<LeaseRefused>(context => Done(() => _agent.OnLeaseRefused(context.Message)));
        endpoint.Handler<RegisterAgain>(context => Done(() => _agent.OnRegisterAgain(context.Message)));
    }

    // The span of the message's own handling where there is one, else what its sender wrote on it.
    private static ActivityContext TraceOf(ConsumeContext context)
    {
        if (Activity.Current is { } handling)
            return handling.Context;
        var written = context.Headers.Get<string>("MT-Activity-Id") ?? context.Headers.Get<string>("traceparent");
        return ActivityContext.TryParse(written, traceState: null, isRemote: true, out var sent) ? sent : default;
    }

    private static Task Done(Action step)
    {
        step();
        return Task.CompletedTask;
    }

    private async Task SendOnceAsync(object message)
    {
        try
        {
            await SayAsync(message, CancellationToken.None);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            WorkerLog.NotSent(_logger, message.GetType().Name, e.Message);
        }
        finally
        {
            Interlocked.Decrement(ref _sending);
        }
    }

    private Task SayAsync(object message, CancellationToken cancel) => message switch
    {
        _ when _mute => Task.CompletedTask,
        WorkerBeat beat => _beatOut.SayAsync(beat, cancel),
        RegisterWorker register => _out.SayAsync(register, cancel),
        StreamsStarted started => _out.SayAsync(started, cancel),
        StreamsReleased released => _out.SayAsync(released, cancel),
        StreamStartRefused refused => _out.SayAsync(refused, cancel),
        StreamFailed failed => _out.SayAsync(failed, cancel),
        HoldingsReported holdings => _out.SayAsync(holdings, cancel),
        StreamsReported reported => _out.SayAsync(reported, cancel),
        GetMyAssignments question => _out.SayAsync(question, cancel),
        DrainWorker drain => _out.SayAsync(drain, cancel),
        WorkerStopped stopped => _out.SayAsync(stopped, cancel),
        _ => throw new ArgumentException($"A worker does not say {message.GetType().Name}", nameof(message)),
    };
}
