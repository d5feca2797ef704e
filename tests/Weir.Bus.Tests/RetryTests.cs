using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Weir.Bus.Endpoints;
using Weir.Bus.Parking;
using Weir.Bus.Tests.Bench;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Bus.Tests;

/// <summary>How often a message is tried, counted; and that no endpoint leaves that to chance. In memory: the ladder is the same.</summary>
[Unit]
public sealed class RetryTests
{
    private static readonly RetryLadder Short = RetryLadder.Of(1, 2, 3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Ladders => new() { { "none", 1 }, { "short", 4 } };

    [Theory]
    [MemberData(nameof(Ladders))]
    public async Task Message_ThatAlwaysFails_IsTriedAsOftenAsDeclaredThenParked(string ladder, int attempts)
    {
        var heard = new Heard<Work> { Then = _ => throw new InvalidOperationException("always") };
        var policy = EndpointPolicy.Of("test", "work", ladder == "none" ? RetryLadder.None : Short);
        await using var host = await BusHost.StartAsync(Hearing.Service("test", policy, heard), broker: null);

        await SendAsync(host, "weir.test.work", new Work(1));
        await Eventually.TrueAsync("the last attempt", _ => Task.FromResult(heard.Attempts.Count == attempts), BusHost.Bound, Cancel);
        heard.Then = _ => Task.CompletedTask;
        await SendAsync(host, "weir.test.work", new Work(2));
        await heard.FirstAsync(work => work.Number == 2);

        Assert.Equal(attempts, heard.Messages.Count(work => work.Number == 1));
        Assert.Equal(attempts, policy.Retry.Attempts);
    }

    [Fact]
    public async Task Message_ThatFailsTwice_IsDoneAtTheThirdAttempt()
    {
        var heard = new Heard<Work>();
        heard.Then = _ => heard.Attempts.Count < 3 ? throw new InvalidOperationException("not yet") : Task.CompletedTask;
        await using var host = await BusHost.StartAsync(Hearing.Service("test", EndpointPolicy.Of("test", "work", Short), heard), broker: null);

        await SendAsync(host, "weir.test.work", new Work(1));
        await Eventually.TrueAsync("three attempts", _ => Task.FromResult(heard.Attempts.Count == 3), BusHost.Bound, Cancel);
        await SendAsync(host, "weir.test.work", new Work(2));
        await heard.FirstAsync(work => work.Number == 2);

        Assert.Equal(3, heard.Messages.Count(work => work.Number == 1));
    }

    [Fact]
    public async Task Message_ThatNoAttemptMakesBetter_IsTriedOnce()
    {
        var heard = new Heard<Work> { Then = work => work.Message.Number == 1 ? throw new MessageRefusedException(ParkReason.WrongShape, "never") : Task.CompletedTask };
        await using var host = await BusHost.StartAsync(Hearing.Service("test", EndpointPolicy.Of("test", "work", Short), heard), broker: null);

        await SendAsync(host, "weir.test.work", new Work(1));
        await SendAsync(host, "weir.test.work", new Work(2));
        await heard.FirstAsync(work => work.Number == 1);
        await heard.FirstAsync(work => work.Number == 2);

        Assert.Equal(1, heard.Messages.Count(work => work.Number == 1));
    }

    [Fact]
    public async Task Endpoint_WithoutAPolicy_RefusesToStart()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => BusHost.StartAsync(
            services =>
            {
                services.AddSingleton(new Heard<Work>());
                services.AddWeirBus("test", bus => bus.AddConsumer<HearingConsumer<Work>>());
            },
            broker: null));

        Assert.Contains("declares no policy", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queue_WithTwoPolicies_RefusesToStart()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => BusHost.StartAsync(
            services => services.AddWeirBus("test", bus =>
            {
                bus.AddHearing(services, EndpointPolicy.Of("test", "work", Short), new Heard<Work>());
                bus.AddHearing(services, EndpointPolicy.Of("test", "work", RetryLadder.None), new Heard<Weir.Contracts.Planning.PoolChanged>());
            }),
            broker: null));

        Assert.Contains("different policies", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, null, 8)]
    [InlineData(2001, null, 8)]
    [InlineData(10, 11, 8)]
    [InlineData(10, 0, 8)]
    [InlineData(10, null, 0)]
    [InlineData(10, null, 101)]
    public void Policy_OutOfRange_IsRefused(int prefetch, int? concurrency, int deliveryLimit)
    {
        var policy = EndpointPolicy.Of("test", "work", Short) with { Prefetch = prefetch, Concurrency = concurrency, DeliveryLimit = deliveryLimit };

        Assert.Throws<ConfigurationException>(policy.Check);
    }

    [Fact]
    public void StandardLadder_AtWorst_TakesUnderSixSeconds()
    {
        var worst = RetryLadder.Standard.Pauses.Aggregate(TimeSpan.Zero, (sum, pause) => sum + (pause * 1.2));

        Assert.Equal(5, RetryLadder.Standard.Attempts);
        Assert.InRange(worst, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(6));
        Assert.Throws<ArgumentException>(() => RetryLadder.Of());
        Assert.Throws<ArgumentException>(() => RetryLadder.Of(30_001));
    }

    private static async Task SendAsync(BusHost host, string queue, Work work) =>
        await (await host.Bus.GetSendEndpoint(new Uri($"exchange:{queue}"))).Send(work, Cancel);
}
