using Microsoft.Extensions.DependencyInjection;
using Weir.Contracts.Ownership;
using Weir.Testing.Traits;
using Weir.Worker.Testing;
using Weir.Worker.Tests.Stage;

namespace Weir.Worker.Tests.Samples;

/// <summary>How a user tests a handler: no broker, no database, no waiting.</summary>
[Unit]
public sealed class TestHostSample
{
    [Fact]
    public async Task Handler_FromGrantToDrain()
    {
        var probe = new Probe();
        await using var host = await WeirTestHost.StartAsync(services => services
            .AddSingleton(probe)
            .AddWeirWorker(o => { o.WorkerId = "test"; o.Capacity = 10; })
            .HandleStreams<ProbeHandler>("radio"));

        await host.Grant("s1", definition: """{"url":"http://example.org/live"}""");
        await host.Grant("s2", streamClass: StreamClass.Unfenced, localModeFor: TimeSpan.FromMinutes(5));
        host.KillNetwork();
        await host.ShouldStop("s1");
        Assert.True(probe.Leases["s2"].IsValid);

        host.HealNetwork();
        await host.Advance(TimeSpan.FromSeconds(5));
        Assert.True(host.HasLease);
        await host.Raise("s2");
        await host.Drain();

        Assert.Equal(StopReason.Drained, probe.Ended["s2"]);
    }
}
