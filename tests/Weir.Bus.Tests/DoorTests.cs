using System.Text;
using Weir.Bus.Endpoints;
using Weir.Bus.Parking;
using Weir.Bus.Tests.Bench;
using Weir.Contracts;
using Weir.Contracts.Catalogue;
using Weir.Contracts.Leases;
using Weir.Contracts.Registration;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Bus.Tests;

/// <summary>The three doors for anyone's bare JSON, knocked at by a client that knows nothing of the bus's library.</summary>
[Integration, Slow]
public sealed class DoorTests(BrokerScope scope) : IClassFixture<BrokerScope>
{
    private const string Beat = """{"workerId":"w1","incarnation":7,"sequence":1,"markRead":0,"running":0,"stuck":0}""";
    private const string Register =
        """{"WorkerId":"w1","ProcessId":"p","Attempt":1,"Pool":"default","Capacity":10,"Part":1,"Parts":1,"Holdings":[{"StreamId":"s","Epoch":5,"Stopping":false}]}""";
    private const string Declare = """{"key":"k1","pool":"default","part":1,"parts":1,"streams":[{"streamId":"s1","kind":"radio"}]}""";

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task BareJson_AtEachDoor_IsUnderstoodWithAndWithoutContentType()
    {
        var (beats, workers, streams) = (new Heard<WorkerBeat>(), new Heard<RegisterWorker>(), new Heard<DeclareStreams>());
        await using var registry = await BusHost.StartAsync(
            services => services.AddWeirBus("registry", bus =>
            {
                bus.AddHearing(services, WeirEndpoints.Register, workers);
                bus.AddHearing(services, WeirEndpoints.Streams, streams);
                bus.AddHearing(services, WeirEndpoints.Beats(Lease), beats);
            }),
            scope.Broker);
        await using var client = await RawClient.ConnectAsync(scope.Broker);

        await client.PutAsync("weir.registry.beats", Encoding.UTF8.GetBytes(Beat), "application/json; charset=utf-8");
        await client.PutAsync("weir.registry.register", Encoding.UTF8.GetBytes(Register), contentType: null);
        await client.PutAsync("weir.registry.streams", Encoding.UTF8.GetBytes(Declare));

        Assert.Equal(7, (await beats.FirstAsync(_ => true)).Incarnation);
        Assert.Equal(new Holding("s", 5, false), (await workers.FirstAsync(_ => true)).Holdings.Single());
        Assert.Equal(1, (await streams.FirstAsync(_ => true)).Streams.Single().Weight);
    }

    [Fact]
    public async Task Message_WithoutAnId_GetsOneOfItsBody_AndWithOneKeepsIt()
    {
        var heard = new Heard<DeclareStreams>();
        var queue = "weir.ids.streams";
        await using var host = await BusHost.StartAsync(Hearing.Service("ids", EndpointPolicy.Of("ids", "streams", RetryLadder.None).WithDoor<DeclareStreams>(), heard), scope.Broker);
        await using var client = await RawClient.ConnectAsync(scope.Broker);
        var given = "0f8fad5b-d9cb-469f-a165-70867728950e";

        await client.PutAsync(queue, Encoding.UTF8.GetBytes(Declare));
        await client.PutAsync(queue, Encoding.UTF8.GetBytes(Declare), messageId: "not-a-guid");
        await client.PutAsync(queue, Encoding.UTF8.GetBytes(Declare.Replace("k1", "k2", StringComparison.Ordinal)));
        await client.PutAsync(queue, Encoding.UTF8.GetBytes(Declare.Replace("k1", "k3", StringComparison.Ordinal)), messageId: given);
        // They are handled side by side, in any order.
        await Eventually.TrueAsync("all four to be heard", _ => Task.FromResult(heard.Attempts.Count == 4), Patience.Seconds(30), TestContext.Current.CancellationToken);

        var ids = heard.Attempts.ToLookup(attempt => attempt.Message.Key, attempt => attempt.MessageId);
        Assert.Equal(2, ids["k1"].Count());
        Assert.Single(ids["k1"].Distinct());
        Assert.NotNull(ids["k1"].First());
        Assert.NotEqual(ids["k1"].First(), ids["k2"].Single());
        Assert.Equal(Guid.Parse(given), ids["k3"].Single());
    }

    public static TheoryData<string, string> Refused => new()
    {
        { "", ParkReason.Empty },
        { " \n ", ParkReason.Empty },
        { "{", ParkReason.Malformed },
        { "no json", ParkReason.Malformed },
        { Beat + "x", ParkReason.Malformed },
        { "[]", ParkReason.WrongShape },
        { "7", ParkReason.WrongShape },
        { "null", ParkReason.WrongShape },
        { "{}", ParkReason.WrongShape },
        { Beat.Replace(",\"incarnation\":7", "", StringComparison.Ordinal), ParkReason.WrongShape },
        { Beat.Replace("\"w1\"", "null", StringComparison.Ordinal), ParkReason.WrongShape },
        { Beat.Replace("\"incarnation\":7", "\"incarnation\":\"seven\"", StringComparison.Ordinal), ParkReason.WrongShape },
        { Beat.Replace("\"running\":0", "\"running\":1e99", StringComparison.Ordinal), ParkReason.WrongShape },
        { Declare, ParkReason.WrongShape },
        { "{\"a\":" + new string('[', 16) + new string(']', 16) + "}", ParkReason.TooDeep },
        { "{\"a\":" + new string('[', 15) + new string(']', 15) + "}", ParkReason.WrongShape },
        { new string('[', 100_000), ParkReason.TooDeep },
        { "{\"a\":\"" + new string('x', MessageLimits.ReceivedBytesMax) + "\"}", ParkReason.TooLarge },
        { """{"messageType":["urn:message:Weir.Contracts.Leases:LeaseRenewed"],"message":{"workerId":"w1"}}""", "envelope" },
    };

    /// <summary>All in one go on one queue: each is parked once with its reason, the good ones between them are handled.</summary>
    [Fact]
    [Seed("error.data.corrupted-responses")]
    [Seed("error.data.invalid-json")]
    [Seed("error.data.missing-fields")]
    [Seed("error.data.type-mismatches")]
    [Seed("failure.data-corruption-handling")]
    [Seed("scenario.data-corruption-handling")]
    public async Task WhatCannotBeUnderstood_IsParkedOnceWithItsReason_AndTheConsumerLivesOn()
    {
        var heard = new Heard<WorkerBeat>();
        var queue = "weir.refusal.beats";
        var policy = EndpointPolicy.Of("refusal", "beats", RetryLadder.Of(1, 1)).WithDoor<WorkerBeat>() with { DropFailed = true };
        await using var host = await BusHost.StartAsync(Hearing.Service("refusal", policy, heard), scope.Broker);
        await using var client = await RawClient.ConnectAsync(scope.Broker);
        var expected = Refused.Select(row => row.Data.Item2 == "envelope" ? ParkReason.UnknownType : row.Data.Item2).ToList();

        foreach (var row in Refused)
        {
            var (body, reason) = row.Data;
            await client.PutAsync(queue, Encoding.UTF8.GetBytes(body), reason == "envelope" ? "application/vnd.masstransit+json" : "application/json");
            await client.PutAsync(queue, Encoding.UTF8.GetBytes(Beat));
        }

        var parked = await scope.View.ParkedAsync(queue, expected.Count);
        Assert.Equal(expected.Order(StringComparer.Ordinal), parked.Select(message => BrokerView.Header(message, ParkReason.Header)!).Order(StringComparer.Ordinal));
        Assert.All(parked, message => Assert.NotNull(BrokerView.Header(message, "MT-Fault-Message")));
        await Weir.Testing.Waiting.Eventually.TrueAsync(
            "every good beat", _ => Task.FromResult(heard.Attempts.Count == expected.Count), BusHost.Bound, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(await scope.View.QueuesAsync(), each => each["name"]!.ToString().EndsWith("_skipped", StringComparison.Ordinal));
    }

    /// <summary>The addresses in a stranger's envelope are not ours to send to: no exchange of that name comes into being.</summary>
    [Fact]
    public async Task MessageThatFails_WithAStrangersFaultAddress_IsToldToMonitorAlone()
    {
        var heard = new Heard<WorkerBeat> { Then = _ => throw new InvalidOperationException("planted") };
        await using var host = await BusHost.StartAsync(Hearing.Service("faulty", EndpointPolicy.Of("faulty", "beats", RetryLadder.None).WithDoor<WorkerBeat>(), heard), scope.Broker);
        await using var client = await RawClient.ConnectAsync(scope.Broker);
        await client.HearFaultsAsync("weir.faulty.ear");
        var envelope = $$"""{"faultAddress":"exchange:evil","responseAddress":"exchange:evil","messageType":["TYPE"],"message":{{Beat}}}""";

        foreach (var type in (string[])["urn:message:Weir.Contracts.Leases:WorkerBeat", "urn:message:Weir.Contracts.Leases:Unheard"])
            await client.PutAsync("weir.faulty.beats", Encoding.UTF8.GetBytes(envelope.Replace("TYPE", type, StringComparison.Ordinal)), "application/vnd.masstransit+json");

        await scope.View.ParkedAsync("weir.faulty.beats", 2);
        await client.TakeAsync("weir.faulty.ear");
        await client.TakeAsync("weir.faulty.ear");
        Assert.DoesNotContain(await scope.View.ExchangesAsync(), exchange => exchange["name"]!.ToString() == "evil");
    }

    [Fact]
    public async Task Message_WithUnknownFields_IsHandled()
    {
        var heard = new Heard<WorkerBeat>();
        await using var host = await BusHost.StartAsync(Hearing.Service("newer", EndpointPolicy.Of("newer", "beats", RetryLadder.None).WithDoor<WorkerBeat>(), heard), scope.Broker);
        await using var client = await RawClient.ConnectAsync(scope.Broker);

        await client.PutAsync("weir.newer.beats", Encoding.UTF8.GetBytes(Beat.Insert(1, "\"fromTheFuture\":{\"a\":[1]},")));

        Assert.Equal("w1", (await heard.FirstAsync(_ => true)).WorkerId);
    }

    [Fact]
    public async Task Beat_WhoseHandlingFails_IsTriedOnceAndDropped_AndAnEnvelopeIsTakenBesideBareJson()
    {
        var heard = new Heard<WorkerBeat> { Then = beat => beat.Message.Sequence == 1 ? throw new InvalidOperationException("planted") : Task.CompletedTask };
        var policy = WeirEndpoints.Beats(Lease);
        await using var host = await BusHost.StartAsync(Hearing.Service("registry", policy, heard), scope.Broker);
        var endpoint = await host.Bus.GetSendEndpoint(new Uri("exchange:weir.registry.beats"));

        await endpoint.Send(new WorkerBeat("w9", 7, 1, 0, 0, 0), TestContext.Current.CancellationToken);
        await endpoint.Send(new WorkerBeat("w9", 7, 2, 0, 0, 0), TestContext.Current.CancellationToken);
        await heard.FirstAsync(beat => beat.Sequence == 1);
        await heard.FirstAsync(beat => beat.Sequence == 2);

        Assert.Single(heard.Messages, beat => beat.Sequence == 1);
        Assert.Empty(await scope.View.MessagesAsync("weir.registry.beats_error"));
    }
}
