using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Net;
using MassTransit.UsageTracking;
using Microsoft.Extensions.DependencyInjection;
using Weir.Bus.Endpoints;
using Weir.Bus.Names;
using Weir.Bus.Tests.Bench;
using Weir.Contracts.Leases;
using Weir.Contracts.Ownership;
using Weir.Testing.Traits;

namespace Weir.Bus.Tests;

/// <summary>Nothing phones home: the transport's usage reports are off on every bus, also where the environment asks for them.</summary>
[Integration, Slow]
public sealed class TelemetryTests(BrokerScope scope) : IClassFixture<BrokerScope>
{
    private const string Ask = "MASSTRANSIT_USAGE_TELEMETRY";

    [Fact]
    public async Task Buses_StartedAndStopped_LookUpAndAskNobodyElse()
    {
        var before = Environment.GetEnvironmentVariable(Ask);
        Environment.SetEnvironmentVariable(Ask, "true");
        try
        {
            using var listener = new LookUps();
            var worker = new WorkerIdentity("w1", "p1");
            await using (var host = await BusHost.StartAsync(
                services =>
                {
                    services.AddWeirWorkerBus(worker, bus => bus.AddHearing(services, EndpointPolicy.Commands(worker), new Heard<ReleaseStreams>()));
                    services.AddWeirBeatBus("registry", bus => bus.AddHearing(services, WeirEndpoints.Beats(TimeSpan.FromSeconds(8)), new Heard<WorkerBeat>()));
                },
                scope.Broker))
            {
                Assert.Null(host.Of<IServiceProvider>().GetService<IUsageTracker>());
            }

            // The empty name is this machine's. The listener hears: this look-up is the test's own.
            await Dns.GetHostAddressesAsync("localhost", TestContext.Current.CancellationToken);

            Assert.Contains("localhost", listener.Names);
            // Other tests of this process look up names that end so, which nobody has.
            Assert.DoesNotContain(listener.Names, name => name is not ("" or "localhost" or "127.0.0.1") && name != Dns.GetHostName() && !name.EndsWith(".weir", StringComparison.Ordinal));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Ask, before);
        }
    }

    /// <summary>Every name that this process resolves and every host that it asks by HTTP.</summary>
    private sealed class LookUps : EventListener
    {
        private readonly ConcurrentQueue<string> _names = new();

        internal IReadOnlyCollection<string> Names => _names;

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name is "System.Net.NameResolution" or "System.Net.Http")
                EnableEvents(eventSource, EventLevel.Informational);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            var at = eventData.EventName switch { "ResolutionStart" => 0, "RequestStart" => 1, _ => -1 };
            if (at >= 0 && eventData.Payload?[at] is string name)
                _names.Enqueue(name);
        }
    }
}
