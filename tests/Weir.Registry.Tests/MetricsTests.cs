using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Weir.Contracts.Workers;
using Weir.Registry.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Registry.Tests;

/// <summary>Each figure that an operator watches has the value it should have.</summary>
[Integration]
[Slow]
public sealed class MetricsTests(RegistryScope scope) : IClassFixture<RegistryScope>
{
    [Fact]
    public async Task BeatsAndLosses_AreCountedAsTheyWere()
    {
        await using var registry = await RegistryHost.StartAsync(scope.Broker, scope.Database);
        var heard = new ConcurrentQueue<(string Name, long Value, string Tag)>();
        using var listener = Listen(registry.Of<IMeterFactory>(), heard);
        await using var facts = await RawClient.ConnectAsync(scope.Broker);
        await facts.HearAsync("", "weir.events");
        await using var worker = await RawWorker.StartAsync(scope.Broker, "counted");
        await worker.RegisterAsync();

        // Each is answered before the next is sent, so that no two share a statement.
        for (var beat = 0; beat < 3; beat++) await worker.RenewAsync();
        await facts.FirstAsync<WorkerLost>(fact => fact.Incarnation == worker.Incarnation);
        var refused = await worker.TryRenewAsync();

        Assert.NotNull(refused);
        Assert.Equal((3, 1), (Sum("weir.registry.beats", "renewed=True"), Sum("weir.registry.beats", "renewed=False")));
        Assert.Equal(4, Sum("weir.registry.beat_batches", ""));
        Assert.Equal((1, 0), (Sum("weir.registry.lost", "reason=Silent"), Sum("weir.registry.lost", "reason=ProcessDied")));

        long Sum(string name, string tag) => heard.Where(one => one.Name == name && one.Tag == tag).Sum(one => one.Value);
    }

    // Others that run beside it in this process have meters of their own.
    private static MeterListener Listen(IMeterFactory own, ConcurrentQueue<(string, long, string)> heard)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, itself) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, own)) itself.EnableMeasurementEvents(instrument, null);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => heard.Enqueue((instrument.Name, value, tags.Length == 0 ? "" : $"{tags[0].Key}={tags[0].Value}")));
        listener.Start();
        return listener;
    }
}
