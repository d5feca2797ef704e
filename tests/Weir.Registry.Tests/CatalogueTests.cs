using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Weir.Contracts.Catalogue;
using Weir.Contracts.Planning;
using Weir.Core.Assignments;
using Weir.Registry.Tests.Stage;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Registry.Tests;

/// <summary>A program that knows the contracts alone adds, holds and withdraws streams, and hears one answer.</summary>
[Integration]
[Slow]
public sealed class CatalogueTests(RegistryScope scope) : IClassFixture<RegistryScope>
{
    private const string Door = "weir.registry.streams";
    private const string Requests = "weir.registry.requests";
    private const string Ask = "weir.ask.test";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Declare_TenThousandInFiftyParts_IsAnsweredOnceInSeconds()
    {
        await using var registry = await RegistryHost.StartAsync(scope.Broker, scope.Database);
        await using var asker = await AskerAsync();
        await asker.HearAsync("", "weir.events");
        var since = Stopwatch.GetTimestamp();

        for (var part = 1; part <= 50; part++) await asker.PutAsync(Door, Part("many", part, 50, "many"));
        var answer = await asker.FirstAsync<StreamsDeclared>(_ => true);
        var elapsed = Stopwatch.GetElapsedTime(since);
        for (var part = 1; part <= 50; part++) await asker.SendAsync(Door, Part("many", part, 50, "many"));
        await Eventually.TrueAsync("the same answer again", _ => Task.FromResult(asker.All<StreamsDeclared>().Count == 2), TimeSpan.FromSeconds(20), Cancel);
        for (var part = 1; part <= 50; part++) await asker.PutAsync(Door, Part("many-2", part, 50, "many"));
        var third = await asker.FirstAsync<StreamsDeclared>(done => done.Key == "many-2");
        TestContext.Current.TestOutputHelper?.WriteLine($"10,000 streams in {elapsed.TotalMilliseconds:0} ms");

        Assert.Equal((10_000, 0, 0), (answer.Added, answer.Changed, answer.Unchanged));
        Assert.Equal((0, 0, 10_000), (third.Added, third.Changed, third.Unchanged));
        await asker.FirstAsync<PoolChanged>(change => change.Pool == "many");
        Assert.Equal(10_000, await registry.ReadAsync((db, token) => db.Streams.CountAsync(row => row.Pool == "many", token)));
        Assert.Equal(0, await registry.ReadAsync((db, token) => db.Parts.CountAsync(row => row.Request.StartsWith("declare/many/"), token)));
    }

    [Fact]
    public async Task Declare_WithFaultyStreams_IsRefusedWholeAndNamesThemAll()
    {
        await using var registry = await RegistryHost.StartAsync(scope.Broker, scope.Database);
        await using var asker = await AskerAsync();

        await asker.PutAsync(Door, new DeclareStreams("faulty", "p", 1, 2, [new("good", "radio"), new("heavy", "radio", Weight: -1)], AnswerTo: Ask));
        await asker.PutAsync(Door, new DeclareStreams("faulty", "p", 2, 2, [new("no json", "radio"), new("bad", "radio", Definition: "{")], AnswerTo: Ask));
        var refused = await asker.FirstAsync<StreamsRefused>(answer => answer.Key == "faulty");

        Assert.Equal(["heavy", "no json", "bad"], refused.StreamIds);
        Assert.Equal("Weight is '-1'; a number above 0 and at most 1e9 is right", refused.Reason);
        Assert.False(await registry.ReadAsync((db, token) => db.Streams.AnyAsync(row => row.Pool == "p", token)), "something was carried out");
    }

    [Fact]
    public async Task Declare_ChangesWhatIsKnown_AndAnotherPoolsStreamIsRefused()
    {
        await using var registry = await RegistryHost.StartAsync(scope.Broker, scope.Database);
        await using var asker = await AskerAsync();
        await asker.PutAsync(Door, new DeclareStreams("c1", "mine", 1, 1, [new("c-a", "radio"), new("c-b", "radio")], AnswerTo: Ask));
        await asker.FirstAsync<StreamsDeclared>(answer => answer.Key == "c1");

        await asker.PutAsync(Door, new DeclareStreams("c2", "mine", 1, 1, [new("c-a", "radio", 2, Contracts.Ownership.StreamClass.Fenced, null, "{\"url\":\"x\"}", new Dictionary<string, string> { ["zone"] = "a" }), new("c-b", "radio")], AnswerTo: Ask));
        var changed = await asker.FirstAsync<StreamsDeclared>(answer => answer.Key == "c2");
        await asker.PutAsync(Door, new DeclareStreams("c3", "theirs", 1, 1, [new("c-a", "radio")], AnswerTo: Ask));
        var refused = await asker.FirstAsync<StreamsRefused>(answer => answer.Key == "c3");

        Assert.Equal((0, 1, 1), (changed.Added, changed.Changed, changed.Unchanged));
        Assert.Equal(["c-a"], refused.StreamIds);
        var row = await registry.ReadAsync((db, token) => db.Streams.SingleAsync(stream => stream.Stream == Core.Identity.StreamId.Parse("c-a"), token));
        Assert.Equal((2d, StreamClass.Fenced, TimeSpan.FromMinutes(5)), (row.Weight, row.Class, row.LocalModeFor));
        Assert.Contains("zone", row.Labels, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PauseResumeWithdraw_WriteTheHold()
    {
        await using var registry = await RegistryHost.StartAsync(scope.Broker, scope.Database);
        await using var asker = await AskerAsync();
        await asker.PutAsync(Door, new DeclareStreams("h1", "holds", 1, 1, [new("h-a", "radio")], AnswerTo: Ask));
        await asker.FirstAsync<StreamsDeclared>(answer => answer.Key == "h1");

        await asker.SendAsync(Requests, new PauseStreams("h2", "holds", ["h-a"]));
        await HoldIsAsync(registry, StreamHold.Paused);
        await asker.SendAsync(Requests, new ResumeStreams("h3", "holds", ["h-a"]));
        await HoldIsAsync(registry, StreamHold.None);
        await asker.SendAsync(Requests, new WithdrawStreams("h4", "holds", 1, 1, ["h-a", "unknown"], AnswerTo: Ask));
        var withdrawn = await asker.FirstAsync<StreamsDeclared>(answer => answer.Key == "h4");
        await HoldIsAsync(registry, StreamHold.Withdrawn);
        await asker.PutAsync(Door, new DeclareStreams("h5", "holds", 1, 1, [new("h-a", "radio")], AnswerTo: Ask));
        var again = await asker.FirstAsync<StreamsDeclared>(answer => answer.Key == "h5");
        await HoldIsAsync(registry, StreamHold.None);

        Assert.Equal((1, 1), (withdrawn.Withdrawn, withdrawn.Unchanged));
        Assert.Equal((0, 1), (again.Added, again.Changed));
    }

    [Fact]
    public async Task Resume_IsHandedOnToOrchestratorOnce()
    {
        await using var registry = await RegistryHost.StartAsync(scope.Broker, scope.Database);
        await using var asker = await AskerAsync();
        await asker.HearExchangeAsync("weir.orchestrator.requests");
        await asker.PutAsync(Door, new DeclareStreams("r1", "resumed", 1, 1, [new("r-a", "radio")], AnswerTo: Ask));
        await asker.FirstAsync<StreamsDeclared>(answer => answer.Key == "r1");

        // It runs as far as the catalogue knows: that it is in quarantine is Orchestrator's to know.
        await asker.SendAsync(Requests, new ResumeStreams("r2", "resumed", ["r-a"], "me"));
        await asker.SendAsync(Requests, new ResumeStreams("r2", "resumed", ["r-a"], "me"));
        await asker.SendAsync(Requests, new ResumeStreams("r3", "resumed", ["r-a"], "me"));
        await asker.FirstAsync<ResumeStreams>(resume => resume.Key == "r2");
        await asker.FirstAsync<ResumeStreams>(resume => resume.Key == "r3");

        // They are taken side by side, so either may be handed on first.
        Assert.Equal(["r2", "r3"], asker.All<ResumeStreams>().Select(resume => resume.Key).Order());
        Assert.Equal(["r-a"], asker.All<ResumeStreams>()[0].StreamIds);
    }

    [Fact]
    public async Task Declare_WithAPin_KeepsItUntilItIsDeclaredWithout()
    {
        await using var registry = await RegistryHost.StartAsync(scope.Broker, scope.Database);
        await using var asker = await AskerAsync();

        await asker.PutAsync(Door, new DeclareStreams("p1", "pins", 1, 1, [new("p-a", "radio", PinnedTo: "w-7")], AnswerTo: Ask));
        await asker.FirstAsync<StreamsDeclared>(answer => answer.Key == "p1");
        var pinned = await PinAsync(registry);
        await asker.PutAsync(Door, new DeclareStreams("p2", "pins", 1, 1, [new("p-a", "radio", PinnedTo: "w-7")], AnswerTo: Ask));
        var same = await asker.FirstAsync<StreamsDeclared>(answer => answer.Key == "p2");
        await asker.PutAsync(Door, new DeclareStreams("p3", "pins", 1, 1, [new("p-a", "radio")], AnswerTo: Ask));
        var changed = await asker.FirstAsync<StreamsDeclared>(answer => answer.Key == "p3");
        await asker.PutAsync(Door, new DeclareStreams("p4", "pins", 1, 1, [new("p-a", "radio", PinnedTo: "no worker!")], AnswerTo: Ask));
        var refused = await asker.FirstAsync<StreamsRefused>(answer => answer.Key == "p4");

        Assert.Equal("w-7", pinned);
        Assert.Equal((0, 1, 1, 0), (same.Changed, same.Unchanged, changed.Changed, changed.Unchanged));
        Assert.Null(await PinAsync(registry));
        Assert.Equal("PinnedTo is 'no worker!'; 1 to 64 letters, digits or hyphens, a letter or digit first, are right", refused.Reason);
    }

    [Fact]
    public async Task Declare_CharactersTheStoreDoesNotTake_IsRefusedWithTheFieldTheyStandIn()
    {
        await using var registry = await RegistryHost.StartAsync(scope.Broker, scope.Database);
        await using var asker = await AskerAsync();
        const string Rule = "at most 64 characters and no control character are right";
        (DeclareStreams Request, string Reason)[] faults =
        [
            (Declare("n1", new("n-a", "radio")) with { By = "me\0" }, "By is 'me?'; at most 128 characters and no control character are right"),
            (Declare("n2", new("n\0a", "radio")), "StreamId is 'n?a'; 1 to 128 letters"),
            (Declare("n3", new("n-a", "radio\0")), "Kind is 'radio?'; 1 to 64 characters and no control character are right"),
            (Declare("n4", new("n-a", "radio", Labels: new Dictionary<string, string> { ["city"] = "Be\0rn" })), $"Labels.city is 'Be?rn'; {Rule}"),
            (Declare("n5", new("n-a", "radio", Labels: new Dictionary<string, string> { ["ci\0ty"] = "Bern" })), "Labels is 'ci?ty'; names of 1 to 64 characters and no control character are right"),
            (Declare("n6", new("n-a", "radio", Definition: "{\"a\":\"\\u0000\"}")), "Definition is"),
        ];

        foreach (var (request, reason) in faults)
        {
            await asker.PutAsync(Door, request);
            var refused = await asker.FirstAsync<StreamsRefused>(answer => answer.Key == request.Key);
            Assert.StartsWith(reason, refused.Reason, StringComparison.Ordinal);
            Assert.DoesNotContain(refused.StreamIds, id => id.Any(char.IsControl));
        }

        static DeclareStreams Declare(string key, StreamDeclaration stream) => new(key, "hostile", 1, 1, [stream], AnswerTo: Ask);
    }

    private static async Task<string?> PinAsync(RegistryHost registry) =>
        (await registry.ReadAsync((db, token) => db.Streams.SingleAsync(row => row.Stream == Core.Identity.StreamId.Parse("p-a"), token))).PinnedTo?.Value;

    private static DeclareStreams Part(string key, int part, int parts, string pool) =>
        new(key, pool, part, parts, [.. Enumerable.Range(0, 200).Select(i => new StreamDeclaration($"{pool}-{(part - 1) * 200 + i:00000}", "radio"))], AnswerTo: Ask);

    private static Task HoldIsAsync(RegistryHost registry, StreamHold hold) => Eventually.TrueAsync(
        $"h-a to be {hold}",
        async _ => await registry.ReadAsync((db, token) => db.Streams.AnyAsync(row => row.Stream == Core.Identity.StreamId.Parse("h-a") && row.Hold == hold, token)),
        TimeSpan.FromSeconds(10),
        Cancel);

    private async Task<RawClient> AskerAsync()
    {
        var client = await RawClient.ConnectAsync(scope.Broker);
        await client.HearAsync(Ask);
        return client;
    }
}
