using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;
using Weir.Worker.Tests.Stage;

namespace Weir.Worker.Tests.Broker;

/// <summary>A worker whose options are wrong says so in words and ends with 2, without a stack.</summary>
[Integration, Slow]
public sealed class RefusalTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(40);

    public static TheoryData<string, string, string[]> Wrong => new()
    {
        { "Weir__Worker__Capacity", "-1", ["Weir:Worker:Capacity is '-1'; give a number above 0"] },
        { "Weir__Worker__Capacity", "many", ["'many'", "Weir:Worker:Capacity"] },
        { "Weir__Worker__WorkerId", "a b", ["Weir:Worker:WorkerId is 'a b'; give 1 to 64 letters"] },
        { "Weir__Worker__Pool", "my pool", ["Weir:Worker:Pool is 'my pool'; give 1 to 64 letters, digits or any of . _ -"] },
        { "Weir__Worker__DrainFor", "01:00:00", ["Weir:Worker:DrainFor is '01:00:00'; give 00:00:00 to 00:05:00"] },
        { "Weir__Bus__Address", "http://user:hush-canary@host/", ["The broker's address is none; give amqp://user:password@host:5672/vhost"] },
        { "Weir__Bus__Address", "amqps://127.0.0.1:1/?cacertfile=/no/such.pem", ["Weir:Bus:TlsCaFile is '/no/such.pem', which cannot be read"] },
        { "Weir__Ticker__Interval", "00:00:00", ["Weir:Ticker:Interval"] },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Process_WithAWrongOption_EndsWith2AndWords(string variable, string value, string[] words)
    {
        var environment = Right();
        environment[variable] = value;
        await using var ticker = await ChildProgram.StartAsync("ticker", Path.Combine(AppContext.BaseDirectory, "Weir.Worker.Ticker"), [], environment, Cancel);

        var code = await ticker.EndsAsync(Bound, Cancel);

        var output = ticker.Tail();
        Assert.True(code == WorkerExitCode.Refused, $"{code}: {output}");
        Assert.All(words, word => Assert.Contains(word, output, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", output, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-canary", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_WithSeveralWrongOptions_SaysEachOnce_AlsoWithoutALog()
    {
        var environment = Right();
        environment["Weir__Worker__Capacity"] = "0";
        environment["Weir__Worker__Pool"] = new string('p', 65);
        environment["Weir__Ticker__Interval"] = "1.00:00:00";
        environment["Weir__Bus__Address"] = "amqps://127.0.0.1:1/?cacertfile=/no/such.pem";
        environment["Logging__LogLevel__Default"] = "None";
        await using var ticker = await ChildProgram.StartAsync("ticker", Path.Combine(AppContext.BaseDirectory, "Weir.Worker.Ticker"), [], environment, Cancel);

        Assert.Equal(WorkerExitCode.Refused, await ticker.EndsAsync(Bound, Cancel));

        var lines = ticker.Tail().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.All(lines, line => Assert.StartsWith("Refused to start: Weir:", line, StringComparison.Ordinal));
    }

    /// <summary>Whoever starts the host himself, such as a test of a user's, gets an exception and keeps his process.</summary>
    [Fact]
    public async Task Host_StartedByCode_Throws_AndSaysAll()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(new Probe());
        builder.Services.AddWeirWorker(_ => { }).UseRabbitMq("nonsense").HandleStreams<ProbeHandler>("k");
        using var host = builder.Build();

        var refused = await Assert.ThrowsAnyAsync<OptionsValidationException>(() => host.StartAsync(Cancel));

        Assert.Equal(3, refused.Failures.Count());
    }

    /// <summary>The right options, at a broker that is not there: it would wait.</summary>
    [Fact]
    public async Task Process_WithRightOptions_WaitsForItsBroker_AndEndsAsAsked()
    {
        await using var ticker = await ChildProgram.StartAsync("ticker", Path.Combine(AppContext.BaseDirectory, "Weir.Worker.Ticker"), [], Right(), Cancel);
        await Eventually.TrueAsync("it to wait", _ => Task.FromResult(ticker.Tail().Contains("No broker answers at 127.0.0.1:1", StringComparison.Ordinal)), Bound, Cancel);

        ticker.Terminate();

        Assert.Equal(0, await ticker.EndsAsync(Bound, Cancel));
    }

    private static Dictionary<string, string?> Right() => new(StringComparer.Ordinal)
    {
        ["Weir__Worker__WorkerId"] = "refused",
        ["Weir__Worker__Capacity"] = "10",
        ["Weir__Worker__DrainFor"] = "00:00:01",
        ["Weir__Worker__DataDirectory"] = Path.GetTempPath(),
        ["Weir__Ticker__LogDirectory"] = Path.Combine(Path.GetTempPath(), "weir-refusal-ticks"),
        ["Weir__Bus__Address"] = "amqp://127.0.0.1:1/",
    };
}
