using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weir.Contracts.Ownership;
using Weir.Testing.Files;
using Weir.Testing.Traits;
using Weir.Worker.Agent;
using Weir.Worker.Testing;
using Weir.Worker.Tests.Stage;

namespace Weir.Worker.Tests.Agent;

/// <summary>What a worker measures, traces and writes on its lines.</summary>
[Unit]
public sealed class TelemetryTests
{
    private readonly Probe _probe = new();

    [Fact]
    public async Task Figures_CountStartsStopsRenewalsDropsAndRefusals()
    {
        using var measured = new Measured("figures");
        await using var host = await ProbeHost.StartAsync(_probe, options => options.WorkerId = "figures");
        await host.Grant("s1");
        await host.Grant("s2");
        await host.Grant("s3");
        Assert.Equal(3, measured.Sum("weir.worker.streams", "weir.kind=k"));
        await host.Advance(TimeSpan.FromSeconds(5));
        await host.Release("s1");
        _probe.Does = (_, _) => throw new InvalidOperationException("planted");
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Grant("s4", streamClass: StreamClass.Fenced));
        _probe.Does = (lease, stop) => lease.ClaimAsync<int>((epoch, _) => throw new LeaseLostException(lease.Stream.Id, epoch, "planted"), stop);
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Grant("s5", streamClass: StreamClass.Fenced));
        host.Agent.OnRelease(new ReleaseStreams("figures", 1, []));
        host.KillNetwork();
        await host.ShouldStop("s2");
        await host.ShouldStop("s3");

        Assert.Equal(5, measured.Sum("weir.worker.starts"));
        Assert.Equal(1, measured.Sum("weir.worker.stops", "weir.reason=released"));
        Assert.Equal(2, measured.Sum("weir.worker.stops", "weir.reason=failed"));
        Assert.Equal(2, measured.Sum("weir.worker.stops", "weir.reason=leaseLost"));
        Assert.Equal(0, measured.Sum("weir.worker.streams"));
        Assert.Equal(1, measured.Sum("weir.worker.commands.dropped", "weir.message=ReleaseStreams"));
        Assert.Equal(1, measured.Sum("weir.fence.rejections"));
        Assert.InRange(measured.Count("weir.lease.renewal.delay"), 2, 4);
        Assert.DoesNotContain(measured.Tags, tags => tags.Contains("s1", StringComparison.Ordinal) || tags.Contains("s4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_IsASpanOfItsCommand_UpToTheClaimsReturn_AndTheHandlerRunsOutsideOfIt()
    {
        using var traced = new Traced("Weir");
        await using var host = await ProbeHost.StartAsync(_probe, options => options.WorkerId = "traces");
        var (within, before, after) = ((ActivityContext?)null, Activity.Current, Activity.Current);
        _probe.Does = async (lease, stop) =>
        {
            before = Activity.Current;
            await lease.ClaimAsync(
                (_, _) =>
                {
                    within = Activity.Current?.Context;
                    return Task.FromResult(0);
                },
                stop);
            after = Activity.Current;
            await Probe.WaitAsync(stop);
        };
        var command = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);
        var epoch = ++host.Plane.Counter;

        host.Agent.OnStart(new StartStreams("traces", host.Plane.Incarnation, [new StreamGrant("s1", epoch, "k", StreamClass.Fenced, 0)]), command);
        await host.Plane.HeardAsync<StreamsStarted>(_ => true, 0, "s1 did not start");
        await host.Release("s1");

        var span = Assert.Single(traced.Starts("traces"));
        Assert.Equal((command.TraceId, command.SpanId, ActivityKind.Consumer), (span.TraceId, span.ParentSpanId, span.Kind));
        Assert.Equal(("s1", epoch, "rabbitmq", ActivityStatusCode.Unset), (span.GetTagItem("weir.stream"), span.GetTagItem("weir.epoch"), span.GetTagItem("messaging.system"), span.Status));
        Assert.Equal(span.Context, within);
        Assert.Null(before);
        Assert.Null(after);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public async Task Start_ThatIsRefusedOrFails_IsASpanWithAnError()
    {
        using var traced = new Traced("Weir");
        await using var host = await ProbeHost.StartAsync(_probe, options => options.WorkerId = "errors");
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Grant("s1", kind: "nobodys"));
        _probe.Does = (_, _) => throw new InvalidOperationException("planted");
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Grant("s2", streamClass: StreamClass.Fenced));

        Assert.Equal([ActivityStatusCode.Error, ActivityStatusCode.Error], traced.Starts("errors").Select(span => span.Status));
        Assert.Equal(nameof(StartRefusal.UnknownKind), traced.Starts("errors")[0].StatusDescription);
    }

    [Fact]
    public async Task Handler_Logs_InAScopeOfWorkerStreamAndTheEpochOfTheMoment()
    {
        var scopes = new Scopes();
        await using var host = await WeirTestHost.StartAsync(services => services
            .AddLogging(logging => logging.AddProvider(scopes)).AddSingleton(_probe)
            .AddWeirWorker(options => (options.WorkerId, options.Capacity) = ("scoped", 1)).HandleStreams<ProbeHandler>("k"));
        var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("handler");
        var (said, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _probe.Does = async (_, stop) =>
        {
            Say(logger, "first");
            said.SetResult();
            await go.Task;
            Say(logger, "second");
            await Probe.WaitAsync(stop);
        };

        var first = await host.Grant("s1");
        await said.Task;
        var second = await host.Raise("s1");
        go.SetResult();
        await host.Release("s1");

        Assert.Equal(("scoped", "s1", first), Of("first"));
        Assert.Equal(("scoped", "s1", second), Of("second"));

        (object?, object?, long) Of(string line)
        {
            var scope = scopes.Lines.Single(each => each.Line == line).Scope;
            return (scope["worker"], scope["stream"], (long)scope["epoch"]!);
        }
    }

    [Fact]
    public void Document_NamesEveryEventAndEveryInstrument()
    {
        var document = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "services", "Weir.Worker", "TELEMETRY.md"));
        var events = typeof(WorkerLog).GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>().ToList();
        string[] instruments =
            ["weir.worker.streams", "weir.worker.starts", "weir.worker.stops", "weir.lease.renewal.delay", "weir.worker.commands.dropped", "weir.fence.rejections", "weir.stream.start"];

        Assert.True(events.Count > 20);
        Assert.All(events, one => Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"| {one.EventId} | {one.Level} |"), document, StringComparison.Ordinal));
        Assert.Equal(events.Count, events.DistinctBy(one => one.EventId).Count());
        Assert.All(instruments, name => Assert.Contains($"`{name}`", document, StringComparison.Ordinal));
    }

    private static void Say(ILogger logger, string line) => logger.Log(LogLevel.Information, default, line, null, (text, _) => text);
}
