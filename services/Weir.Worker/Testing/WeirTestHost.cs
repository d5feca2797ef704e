using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Weir.Contracts.Ownership;
using Weir.Worker.Agent;

namespace Weir.Worker.Testing;

/// <summary>
/// A worker for tests of your handlers: the real SDK with your services, a clock that stands still until you move it, no broker and no
/// database. Handlers that take a <see cref="TimeProvider"/> get <see cref="Clock"/>. Not for use by two threads at once.
/// </summary>
/// <example>
/// <code>
/// await using var host = await WeirTestHost.StartAsync(services => services
///     .AddWeirWorker(o => { o.WorkerId = "test"; o.Capacity = 10; }).HandleStreams&lt;RadioHandler&gt;("radio"));
/// await host.Grant("s1");
/// host.KillNetwork();
/// await host.ShouldStop("s1");
/// </code>
/// </example>
public sealed class WeirTestHost : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(15);

    private readonly ServiceProvider _services;
    private readonly HandlerKinds _kinds;
    private readonly WeirWorkerOptions _options;
    private bool _takeDrained;

    private WeirTestHost(ServiceProvider services, FakeTimeProvider clock)
    {
        (_services, Clock) = (services, clock);
        _kinds = services.GetRequiredService<HandlerKinds>();
        _options = services.GetRequiredService<IOptions<WeirWorkerOptions>>().Value;
        var self = new WorkerSelf(_options.WorkerId, "test", Predecessor: null);
        var logger = services.GetRequiredService<ILogger<WeirTestHost>>();
        Agent = new WorkerAgent(self, _options, _kinds, Plane, End, clock, () => 0.5, logger);
    }

    /// <summary>The test's clock; stands still until <see cref="Advance"/>.</summary>
    public FakeTimeProvider Clock { get; }

    /// <summary>Your services.</summary>
    public IServiceProvider Services => _services;

    /// <summary>What the process would have ended with; null while it goes on. See <see cref="WorkerExitCode"/>.</summary>
    public int? ExitCode => End.Code;

    /// <summary>Whether the worker has a lease that is valid now.</summary>
    public bool HasLease => Agent.HasLease;

    internal TestPlane Plane { get; } = new();

    internal TestProcessEnd End { get; } = new();

    internal WorkerAgent Agent { get; }

    /// <summary>Starts a worker and lets it register.</summary>
    /// <param name="configure">Calls <c>AddWeirWorker</c> and <c>HandleStreams</c>, and adds what your handlers need. No bus.</param>
    /// <exception cref="OptionsValidationException">An option is wrong; all that is wrong is said at once.</exception>
    public static async Task<WeirTestHost> StartAsync(Action<IServiceCollection> configure)
    {
        var host = Create(configure);
        host.Agent.OnCommandsReady();
        await host.Advance(TimeSpan.FromMilliseconds(500));
        return host;
    }

    internal static WeirTestHost Create(Action<IServiceCollection> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var clock = new FakeTimeProvider();
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<TimeProvider>(clock).AddSingleton(new BusChosen());
        configure(services);
        return new WeirTestHost(services.BuildServiceProvider(validateScopes: true), clock);
    }

    /// <summary>Grants a stream, and returns when it has started: its handler runs and, if Fenced, has claimed its sink.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="kind">Its kind; null for the only one that has a handler.</param>
    /// <param name="streamClass">Its class.</param>
    /// <param name="definition">Its definition as JSON text.</param>
    /// <param name="localModeFor">How long it may go on without a lease.</param>
    /// <returns>The epoch it was granted under.</returns>
    /// <exception cref="InvalidOperationException">The worker refused it, or its handler failed.</exception>
    /// <exception cref="TimeoutException">It did not start within 15 s of real time; of a Fenced stream it says so when its handler has not claimed the sink.</exception>
    public async Task<long> Grant(
        string stream, string? kind = null, StreamClass streamClass = StreamClass.Unfenced, string? definition = null, TimeSpan localModeFor = default)
    {
        var said = Plane.Said.Count;
        var epoch = Send(stream, kind, streamClass, definition, localModeFor);
        var answer = await StartedAsync(stream, epoch, said);
        if (answer is StreamsStarted)
            await EndedAsync(() => Agent.Runs(stream) && !Agent.HasBegun(stream), $"The handler of stream {stream} blocks before its first wait");
        return answer switch
        {
            StreamsStarted => epoch,
            StreamStartRefused refused => throw new InvalidOperationException($"The worker refused stream {stream}: {refused.Reason}, {refused.Detail}"),
            StreamFailed failed => throw new InvalidOperationException($"The handler of stream {stream} ended: {failed.Error}: {failed.Detail}"),
            _ => throw new InvalidOperationException($"Stream {stream} was released while it started"),
        };
    }

    /// <summary>Grants a running stream anew under a higher epoch, as after a cut: the handler goes on. Returns when it counts.</summary>
    /// <returns>The new epoch.</returns>
    public Task<long> Raise(
        string stream, string? kind = null, StreamClass streamClass = StreamClass.Unfenced, string? definition = null, TimeSpan localModeFor = default) =>
        Grant(stream, kind, streamClass, definition, localModeFor);

    /// <summary>Asks a stream back, and returns when its handler has ended.</summary>
    /// <exception cref="TimeoutException">It did not end within 15 s of real time.</exception>
    public async Task Release(string stream)
    {
        var (said, epoch) = (Plane.Said.Count, ++Plane.Counter);
        Agent.OnRelease(new ReleaseStreams(_options.WorkerId, Plane.Incarnation, [new StreamEpoch(stream, epoch)]));
        await Plane.HeardAsync<StreamsReleased>(message => IsAbout(message, stream, epoch), said, $"The handler of stream {stream} did not end");
    }

    /// <summary>From now on nothing the worker says arrives, and nothing reaches it.</summary>
    public void KillNetwork() => Plane.Cut();

    /// <summary>The network is back.</summary>
    public void HealNetwork() => Plane.Heal();

    /// <summary>Moves the clock in steps of 50 ms, as often as the SDK looks, and lets the services answer after each.</summary>
    /// <param name="span">How far.</param>
    public async Task Advance(TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += Step)
        {
            Clock.Advance(Step);
            Look();
            await Task.Yield();
        }
    }

    /// <summary>Moves the clock until the stream's handler is told to stop, and waits until it has ended.</summary>
    /// <exception cref="TimeoutException">It was not told to within an hour of the test's time and 15 s of real time, or did not end within 15 s of real time.</exception>
    public async Task ShouldStop(string stream)
    {
        // An hour of the test's time may pass sooner than a handler hears from its database.
        var since = TimeProvider.System.GetTimestamp();
        for (var passed = TimeSpan.Zero; Agent.IsToldToGoOn(stream); passed += Step)
        {
            if (passed > LongestWait && TimeProvider.System.GetElapsedTime(since) > EndMax)
                throw new TimeoutException($"Stream {stream} was not told to stop within {LongestWait}");
            await Advance(Step);
        }
        await EndedAsync(() => Agent.Runs(stream), $"The handler of stream {stream} was told to stop and has not ended");
    }

    /// <summary>Ends the worker as SIGTERM does, and waits until it has left.</summary>
    /// <param name="othersTakeTheStreams">Whether the planner takes its streams; else they are stopped when the time is over.</param>
    /// <exception cref="TimeoutException">It did not leave.</exception>
    public async Task Drain(bool othersTakeTheStreams = true)
    {
        _takeDrained = othersTakeTheStreams;
        Agent.Drain();
        var bound = _options.DrainFor + _options.StopFor + TimeSpan.FromSeconds(1);
        for (var passed = TimeSpan.Zero; passed < bound && !Agent.Ended.IsCompleted; passed += Step)
        {
            await Advance(Step);
            if (Agent.IsStopping)
                await EndedAsync(() => Agent.IsStopping, otherwise: null);
        }
        if (!Agent.Ended.IsCompleted)
            throw new TimeoutException("The worker did not leave");
    }

    /// <summary>Ends whatever still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        Agent.StopAll();
        await EndedAsync(() => Agent.Held().Count > 0, otherwise: null);
        await _services.DisposeAsync();
    }

    internal long Send(string stream, string? kind, StreamClass streamClass, string? definition = null, TimeSpan localModeFor = default)
    {
        var epoch = ++Plane.Counter;
        var grant = new StreamGrant(stream, epoch, kind ?? _kinds.Names.First(), streamClass, (int)localModeFor.TotalMilliseconds, definition);
        Agent.OnStart(new StartStreams(_options.WorkerId, Plane.Incarnation, [grant]));
        return epoch;
    }

    internal void Look()
    {
        Agent.Look();
        Plane.Pump(Agent, _takeDrained);
    }

    private async Task<object> StartedAsync(string stream, long epoch, int said)
    {
        try
        {
            return await Plane.HeardAsync<object>(message => IsAbout(message, stream, epoch), said, $"Stream {stream} did not start at epoch {epoch}");
        }
        catch (TimeoutException e) when (Agent.Streams.LacksClaim(stream))
        {
            throw new TimeoutException($"{e.Message}: it is Fenced, and its handler has not claimed its sink. Let it call StreamLease.ClaimAsync, or grant the stream Unfenced", e);
        }
    }

    private static bool IsAbout(object message, string stream, long epoch) => message switch
    {
        StreamsStarted started => started.Streams.Any(each => each.StreamId == stream && each.Epoch == epoch),
        StreamsReleased released => released.Streams.Any(each => each.StreamId == stream && each.Epoch == epoch),
        StreamStartRefused refused => refused.StreamId == stream && refused.Epoch == epoch,
        StreamFailed failed => failed.StreamId == stream && failed.Epoch == epoch,
        _ => false,
    };

    // Handlers end in real time: the test's clock does not hurry them.
    private static async Task EndedAsync(Func<bool> goesOn, string? otherwise)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (goesOn())
        {
            if (TimeProvider.System.GetElapsedTime(since) > (otherwise is null ? TimeSpan.FromMilliseconds(200) : EndMax))
            {
                if (otherwise is null)
                    return;
                throw new TimeoutException(otherwise);
            }
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }
    }
}
