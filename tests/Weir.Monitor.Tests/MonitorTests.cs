using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Weir.Contracts.Planning;
using Weir.Contracts.Workers;
using Weir.Testing.Servers;
using Weir.Testing.Traits;

namespace Weir.Monitor.Tests;

/// <summary>Facts and parked messages become one line each, and are counted.</summary>
[Integration]
public sealed class MonitorTests : IClassFixture<ServersReady>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fact_Published_IsLoggedOnceAndCounted(bool isOnBroker)
    {
        var counted = new List<string?>();
        using var listener = Listen("weir.monitor.facts", "fact", counted);
        await using var monitor = await RunningMonitor.StartAsync(isOnBroker);

        await monitor.Bus.Publish(new WorkerLost("p1", "w1", 7, LossReason.Silent), Cancel);
        var line = await monitor.LineAsync(350);

        Assert.Equal(LogLevel.Information, line.Level);
        Assert.Contains("WorkerLost in pool p1", line.Text, StringComparison.Ordinal);
        Assert.Contains("\"workerId\":\"w1\"", line.Text, StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"Silent\"", line.Text, StringComparison.Ordinal);
        lock (counted) Assert.Contains("WorkerLost", counted);
    }

    [Fact]
    public async Task Message_Parked_IsAnErrorLine()
    {
        await using var monitor = await RunningMonitor.StartAsync(isOnBroker: true);

        var endpoint = await monitor.Bus.GetSendEndpoint(new Uri("exchange:weir.monitor.facts"));
        await endpoint.Send(new RequestRebalance("k1", "p1"), Cancel);
        var line = await monitor.LineAsync(351);

        Assert.Equal(LogLevel.Error, line.Level);
        Assert.Contains("parked", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryFactOfTheContracts_IsHeard() => Assert.Equal(
        Facts.FactEndpoint.Facts.Select(fact => fact.Name).Order(StringComparer.Ordinal),
        Facts.FactEndpoint.Policy.Heard.Select(fact => fact.Name).Order(StringComparer.Ordinal));

    private static MeterListener Listen(string instrument, string tag, List<string?> heard)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (published, listening) =>
            {
                if (published.Name == instrument) listening.EnableMeasurementEvents(published);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            foreach (var one in tags)
                if (one.Key == tag)
                    lock (heard) heard.Add(one.Value?.ToString());
        });
        listener.Start();
        return listener;
    }
}
