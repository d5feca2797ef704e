using System.Text;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using Weir.Cli.Errors;
using Weir.Testing.Servers;
using Weir.Testing.Traits;

namespace Weir.Cli.Tests;

/// <summary>`weir errors` on a real broker: what a person sees and types, and what a script reads.</summary>
[Integration]
public sealed class ErrorsVerbTests : IClassFixture<ServersReady>, IAsyncLifetime
{
    private const string Source = "weir.test.work";
    private const string Parked = "weir.test.work_error";

    private readonly Scratch _scratch = new();
    private ServerScope _scope = null!;
    private IConnection _connection = null!;
    private IChannel _channel = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Bus => _scope.Broker.Amqp.ToString();

    public async ValueTask InitializeAsync()
    {
        _scope = await (await TestServers.GetAsync(Cancel)).ScopeAsync("cli-errors", Cancel);
        _connection = await new ConnectionFactory { Uri = _scope.Broker.Amqp }.CreateConnectionAsync(Cancel);
        _channel = await _connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Cancel);
        foreach (var queue in (string[])[Source, Parked])
            await _channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
        await _scope.DisposeAsync();
        _scratch.Dispose();
    }

    [Fact]
    public async Task List_ErrorQueues_TellsCountsAndReasons_AndTakesNothing()
    {
        await ParkAsync("m1", "failed", "{}");
        await ParkAsync("m2", "malformed", "{");
        await ParkAsync("m3", "failed", "{}");

        var (code, data, words) = Run(person: false, "list", "--management", _scope.Broker.Management.ToString());
        var (personCode, table, hint) = Run(person: true, "list", Parked);

        Assert.True(code == 0, words);
        var one = Assert.Single(JsonNode.Parse(data)!["items"]!.AsArray())!;
        Assert.Equal((Parked, Source, 3, 2, 1), (one["queue"]!.ToString(), one["source"]!.ToString(), (int)one["messages"]!, (int)one["reasons"]!["failed"]!, (int)one["reasons"]!["malformed"]!));
        Assert.Equal(0, personCode);
        Assert.Contains("failed 2, malformed 1", table, StringComparison.Ordinal);
        Assert.Contains("3 messages are parked", hint, StringComparison.Ordinal);
        Assert.Equal(3u, await CountAsync(Parked));
    }

    [Fact]
    public async Task Show_OneMessage_TellsReasonHeadersAndAsMuchOfTheBodyAsAsked()
    {
        await ParkAsync("m1", "failed", "first");
        await ParkAsync("m2", "malformed", "\u001b[31m" + new string('x', 100));

        var (code, data, words) = Run(person: false, "show", Parked, "--id", "m2", "--body", "10");
        var (_, shown, _) = Run(person: true, "show", Parked, "--id", "m2");

        Assert.True(code == 0, words);
        var one = Assert.Single(JsonNode.Parse(data)!["items"]!.AsArray())!;
        Assert.Equal(("m2", "malformed", 105, true), (one["id"]!.ToString(), one["reason"]!.ToString(), (int)one["bodyBytes"]!, (bool)one["truncated"]!));
        Assert.Equal("planted", one["headers"]!["MT-Fault-Message"]!.ToString());
        Assert.Equal(10, one["body"]!.ToString().Length);
        Assert.DoesNotContain("\u001b", shown, StringComparison.Ordinal);
        Assert.Equal(2u, await CountAsync(Parked));
    }

    [Fact]
    public async Task Replay_All_PutsThemBackUnderTheirIdsWithoutTheParkingsHeaders()
    {
        await ParkAsync("m1", "failed", "one");
        await ParkAsync("m2", "failed", "two");

        var dry = Run(person: false, "replay", Parked, "--all", "--dry-run");
        Assert.Equal((0, 2u), (dry.Code, await CountAsync(Parked)));
        var (code, data, words) = Run(person: false, "replay", Parked, "--all");

        Assert.True(code == 0, words);
        Assert.Equal(2, (int)JsonNode.Parse(data)!["replayed"]!);
        Assert.Equal(0u, await CountAsync(Parked));
        var back = (await _channel.BasicGetAsync(Source, autoAck: true, Cancel))!;
        Assert.Equal(("m1", "one"), (back.BasicProperties.MessageId, Encoding.UTF8.GetString(back.Body.Span)));
        // The client numbers what it has confirmed.
        Assert.Equal(["own", "weir-replays"], back.BasicProperties.Headers!.Keys.Where(name => !name.StartsWith("x-dotnet-", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Replay_QueueOfOriginGone_IsRefused_AndTheMessageStays()
    {
        await ParkAsync("m1", "failed", "one");
        await _channel.QueueDeleteAsync(Source, cancellationToken: Cancel);

        var (code, _, words) = Run(person: false, "replay", Parked, "--id", "m1");

        Assert.Equal(5, code);
        Assert.Contains($"no queue '{Source}'", words, StringComparison.Ordinal);
        Assert.Equal(1u, await CountAsync(Parked));
    }

    [Theory]
    [InlineData("weir.test.work_error", 0, 0)]
    [InlineData("weir.test.work", 2, 1)]
    [InlineData(null, 2, 1)]
    public async Task Discard_WithoutYes_WantsTheNameTyped(string? typed, int code, uint left)
    {
        await ParkAsync("m1", "failed", "one");

        var asked = Run(person: true, new Prompt(() => typed), "discard", Parked, "--all");

        Assert.Equal((code, left), (asked.Code, await CountAsync(Parked)));
        Assert.Contains("1 messages of 'weir.test.work_error' will be gone for good", asked.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discard_NobodyToAsk_NeedsYes()
    {
        await ParkAsync("m1", "failed", "one");
        await ParkAsync("m2", "failed", "two");

        Assert.Equal(2, Run(person: false, "discard", Parked, "--all").Code);
        Assert.Equal(2u, await CountAsync(Parked));
        Assert.Equal(0, Run(person: false, "discard", Parked, "--id", "m1", "--yes").Code);
        Assert.Equal(1u, await CountAsync(Parked));
        Assert.Equal("m2", (await _channel.BasicGetAsync(Parked, autoAck: true, Cancel))!.BasicProperties.MessageId);
    }

    [Theory]
    [InlineData(3, "There is no queue 'weir.none_error'", "show", "weir.none_error")]
    [InlineData(3, "no message 'm9'", "replay", Parked, "--id", "m9")]
    [InlineData(2, "whose name ends in _error", "show", Source)]
    [InlineData(2, "--id ID", "replay", Parked)]
    [InlineData(2, "1 to 1000", "show", Parked, "--take", "0")]
    [InlineData(2, "--management is no address", "list", "--management", "15672")]
    [InlineData(1, "none answers at http://127.0.0.1:1/", "list", "--management", "http://127.0.0.1:1/")]
    public void Wrong_EndsWithItsCodeAndWords(int code, string words, params string[] args)
    {
        var ended = Run(person: false, args);

        Assert.Equal(code, ended.Code);
        Assert.Contains(words, ended.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongPassword_IsRefusedWithoutShowingIt()
    {
        var address = new UriBuilder(_scope.Broker.Amqp) { Password = "hush-canary" }.Uri.ToString();

        var (code, _, words) = _scratch.Run(person: false, "errors", "show", Parked, "--bus", address);

        Assert.Equal(5, code);
        Assert.Contains("does not let", words, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-canary", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amqp://127.0.0.1:1/", 1, "No broker answers at 127.0.0.1:1")]
    [InlineData("http://user:hush-canary@host/", 2, "amqp://user:password@host:5672/vhost")]
    public void AddressThatIsNoBroker_IsSaidSo(string address, int code, string words)
    {
        var ended = _scratch.Run(person: false, "errors", "show", Parked, "--bus", address);

        Assert.Equal(code, ended.Code);
        Assert.Contains(words, ended.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-canary", ended.Words, StringComparison.Ordinal);
    }

    private (int Code, string Data, string Words) Run(bool person, params string[] args) => _scratch.Run(person, ["errors", .. args, "--bus", Bus]);

    private (int Code, string Data, string Words) Run(bool person, Prompt prompt, params string[] args)
    {
        var (data, words) = (new StringWriter(), new StringWriter());
        var verb = ErrorsVerb.Build(new Terminal(data, words, person, Colour: false, Width: 100), prompt);
        return (verb.Parse([.. args, "--bus", Bus]).Invoke(), data.ToString(), words.ToString());
    }

    private async Task ParkAsync(string id, string reason, string body)
    {
        var properties = new BasicProperties
        {
            MessageId = id,
            Persistent = true,
            Headers = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["weir-reason"] = reason,
                ["MT-Fault-Message"] = "planted",
                ["MT-Reason"] = "fault",
                ["own"] = "kept",
            },
        };
        await _channel.BasicPublishAsync("", Parked, mandatory: true, properties, Encoding.UTF8.GetBytes(body), Cancel);
    }

    private async Task<uint> CountAsync(string queue) => (await _channel.QueueDeclarePassiveAsync(queue, Cancel)).MessageCount;
}
