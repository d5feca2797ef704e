using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weir.Bus;
using Weir.Bus.Endpoints;
using Weir.Bus.Names;
using Weir.Bus.Sending;
using Weir.Contracts.Holdings;
using Weir.Contracts.Leases;
using Weir.Contracts.Ownership;
using Weir.Contracts.Registration;
using Weir.Contracts.Reports;
using Weir.Contracts.Workers;
using Weir.Testing.Servers;
using Weir.Testing.Waiting;

namespace Weir.Worker.Tests.Stage;

/// <summary>Registry and Orchestrator as one script, on a real bus: answers registrations and beats, grants what the test grants.</summary>
internal sealed class ScriptedPlane : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(45);

    private readonly IHost _host;
    private readonly WorkerCommands _commands;
    private readonly WorkerCommands _beatAnswers;
    private readonly Dictionary<string, (long Attempt, long Incarnation)> _answered = new(StringComparer.Ordinal);
    private long _counter = 1000;

    private ScriptedPlane(IHost host)
    {
        _host = host;
        var route = host.Services.GetRequiredService<WorkerRoute>();
        _commands = new WorkerCommands(host.Services.GetRequiredService<IBus>(), route);
        _beatAnswers = new WorkerCommands(host.Services.GetRequiredService<IBeatBus>(), route);
    }

    internal IServiceProvider Services => _host.Services;

    internal ConcurrentQueue<object> Heard { get; } = new();

    /// <summary>Each worker's newest process and life.</summary>
    internal ConcurrentDictionary<string, (string Process, long Incarnation)> Lives { get; } = new(StringComparer.Ordinal);

    /// <summary>Refuses beats of a life with this reason; null renews them.</summary>
    internal Func<WorkerBeat, LeaseRefusal?> Refuses { get; set; } = _ => null;

    /// <summary>Registrations that are answered at all.</summary>
    internal Func<RegisterWorker, bool> LetsIn { get; set; } = _ => true;

    internal bool TakesDrained { get; set; } = true;

    /// <summary>Each stream's owner and epoch as confirmed.</summary>
    internal ConcurrentDictionary<string, (string Worker, long Epoch)> Running { get; } = new(StringComparer.Ordinal);

    internal static async Task<ScriptedPlane> StartAsync(BrokerAddress? broker, CancellationToken cancel)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddWeirBus("script", _ => { });
        builder.Services.AddWeirBeatBus("script", _ => { });
        builder.Services.Configure<WeirBusOptions>(options => Point(options, broker));
        var plane = new ScriptedPlane(builder.Build());
        await plane._host.StartAsync(cancel);
        var handles = plane.Connect();
        foreach (var handle in handles)
            await handle.Ready.WaitAsync(Patience.Scale(Bound), cancel);
        return plane;
    }

    internal async Task<long> GrantAsync(string worker, CancellationToken cancel, StreamClass streamClass = StreamClass.Unfenced, string kind = "k", params string[] streams)
    {
        // A life counts once it beats: a slow machine may have let an attempt go by, and a script does not ask again.
        await BecomesAsync($"{worker} to beat", () => All<WorkerBeat>().Any(beat => beat.Incarnation == Lives[worker].Incarnation), cancel);
        var (process, incarnation) = Lives[worker];
        var grants = streams.Select(stream => new StreamGrant(stream, Interlocked.Increment(ref _counter), kind, streamClass, 0)).ToList();
        foreach (var part in grants.Chunk(200))
            await _commands.SendAsync(BrokerNames.WorkerQueue(worker, process), new StartStreams(worker, incarnation, part), cancel);
        await BecomesAsync(
            $"{worker} to run {streams.Length} streams", () => grants.All(grant => Running.GetValueOrDefault(grant.StreamId) == (worker, grant.Epoch)), cancel);
        return grants[^1].Epoch;
    }

    internal Task SendAsync<T>(string worker, T command, CancellationToken cancel)
        where T : class => _commands.SendAsync(BrokerNames.WorkerQueue(worker, Lives[worker].Process), command, cancel);

    internal Task BecomesAsync(string what, Func<bool> so, CancellationToken cancel) =>
        Eventually.TrueAsync(what, _ => Task.FromResult(so()), Bound, cancel);

    internal List<T> All<T>() => [.. Heard.OfType<T>()];

    public async ValueTask DisposeAsync()
    {
        using var bound = Patience.Limit(TimeSpan.FromSeconds(15), CancellationToken.None);
        await _host.StopAsync(bound.Token);
        _host.Dispose();
    }

    private List<HostReceiveEndpointHandle> Connect()
    {
        var (bus, beats) = (Services.GetRequiredService<IBus>(), Services.GetRequiredService<IBeatBus>());
        return
        [
            bus.ConnectWeirEndpoint(WeirEndpoints.Register, Services, endpoint => endpoint.Handler<RegisterWorker>(context => RegisterAsync(context.Message))),
            beats.ConnectWeirEndpoint(
                WeirEndpoints.Beats(TimeSpan.FromSeconds(8)), Services, endpoint => endpoint.Handler<WorkerBeat>(context => BeatAsync(context.Message))),
            bus.ConnectWeirEndpoint(EndpointPolicy.Of("registry", "lifecycle", RetryLadder.None), Services, endpoint =>
            {
                endpoint.Handler<DrainWorker>(context => DrainAsync(context.Message));
                endpoint.Handler<WorkerStopped>(context => Hear(context.Message));
            }),
            bus.ConnectWeirEndpoint(EndpointPolicy.Of("registry", "reports", RetryLadder.None), Services, endpoint => endpoint.Handler<StreamsReported>(context => Hear(context.Message))),
            bus.ConnectWeirEndpoint(EndpointPolicy.Of("registry", "holdings", RetryLadder.None), Services, endpoint => endpoint.Handler<HoldingsReported>(context => Hear(context.Message))),
            bus.ConnectWeirEndpoint(EndpointPolicy.Of("orchestrator", "answers", RetryLadder.None), Services, endpoint =>
            {
                endpoint.Handler<StreamsStarted>(context => Started(context.Message));
                endpoint.Handler<StreamsReleased>(context => Released(context.Message));
                endpoint.Handler<StreamStartRefused>(context => Hear(context.Message));
                endpoint.Handler<StreamFailed>(context => Hear(context.Message));
                endpoint.Handler<GetMyAssignments>(context => Hear(context.Message));
            }),
        ];
    }

    private async Task RegisterAsync(RegisterWorker asked)
    {
        Heard.Enqueue(asked);
        if (asked.Part < asked.Parts || !LetsIn(asked))
            return;
        var queue = BrokerNames.WorkerQueue(asked.WorkerId, asked.ProcessId);
        if (asked.Pool == "closed")
        {
            await _commands.SendAsync(queue, new RegistrationRefused(asked.WorkerId, asked.ProcessId, asked.Attempt, Superseded: false, "Pool is 'closed'; give an open one"), CancellationToken.None);
            return;
        }
        long incarnation;
        lock (_answered)
        {
            var (attempt, given) = _answered.GetValueOrDefault(asked.ProcessId);
            if (asked.Attempt < attempt)
                return;
            incarnation = asked.Attempt == attempt ? given : Interlocked.Increment(ref _counter);
            _answered[asked.ProcessId] = (asked.Attempt, incarnation);
            Lives[asked.WorkerId] = (asked.ProcessId, incarnation);
        }
        await _commands.SendAsync(queue, new WorkerRegistered(asked.WorkerId, asked.ProcessId, asked.Attempt, incarnation, 2000, 8000), CancellationToken.None);
    }

    private async Task BeatAsync(WorkerBeat beat)
    {
        Heard.Enqueue(beat);
        if (!Lives.TryGetValue(beat.WorkerId, out var life) || life.Incarnation != beat.Incarnation)
            return;
        var queue = BrokerNames.WorkerBeatQueue(beat.WorkerId, life.Process);
        if (Refuses(beat) is { } reason)
            await _beatAnswers.SendLapsingAsync(queue, new LeaseRefused(beat.WorkerId, beat.Incarnation, beat.Sequence, reason), Bound, CancellationToken.None);
        else
            await _beatAnswers.SendLapsingAsync(queue, new LeaseRenewed(beat.WorkerId, beat.Incarnation, beat.Sequence, 2000), Bound, CancellationToken.None);
    }

    private async Task DrainAsync(DrainWorker asked)
    {
        Heard.Enqueue(asked);
        var held = Running.Where(stream => stream.Value.Worker == asked.WorkerId).Select(stream => new StreamEpoch(stream.Key, stream.Value.Epoch)).ToList();
        if (TakesDrained && held.Count > 0)
            await SendAsync(asked.WorkerId, new ReleaseStreams(asked.WorkerId, asked.Incarnation, held, "drain"), CancellationToken.None);
    }

    private Task Started(StreamsStarted said)
    {
        foreach (var stream in said.Streams)
            Running[stream.StreamId] = (said.WorkerId, stream.Epoch);
        return Hear(said);
    }

    private Task Released(StreamsReleased said)
    {
        foreach (var stream in said.Streams)
            Running.TryRemove(stream.StreamId, out _);
        return Hear(said);
    }

    private Task Hear(object message)
    {
        Heard.Enqueue(message);
        return Task.CompletedTask;
    }

    private static void Point(WeirBusOptions options, BrokerAddress? broker)
    {
        if (broker is null)
        {
            options.Transport = BusTransport.InMemory;
            return;
        }
        (options.Hosts, options.Port, options.VirtualHost) = ([broker.Amqp.Host], broker.Amqp.Port, broker.VirtualHost);
        (options.User, options.Password) = (broker.Credential.UserName, broker.Credential.Password);
    }
}
